import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleDescriptor.Version;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the class paths of small applications with and without the component, measures both starts in turn, and
 * prints a table. Ends with 1 if a jar of an application was replaced, but by a newer patch level of what the component
 * needs, or one came that is not among the known.
 */
public final class Footprint {

    /** An application, in a folder of its own, and how it is started after {@code java -Daddress=...}. */
    private record Application(String name, String folder, boolean quarkus) {

        Path path(Path root, String variant) {
            return root.resolve(folder).resolve(variant).resolve("target");
        }

        List<String> launch(Path root, String variant) throws IOException {
            Path target = path(root, variant);
            return quarkus ? List.of("-jar", target.resolve("quarkus-app/quarkus-run.jar").toString())
                    : List.of("-cp", target.resolve("classes") + File.pathSeparator
                            + Files.readString(target.resolve("runtime.classpath")).strip(), "com.example.start.Start");
        }
    }

    /** Of one start, in milliseconds; the second hardly depends on what else the machine does. */
    private record Times(long elapsed, long cpu) {
    }

    private static final List<Application> APPLICATIONS = List.of(
            new Application("Camel Main 4.17.0", "camel-main", false),
            new Application("Spring Boot 3.5.9, Camel 4.17.0", "spring-boot", false),
            new Application("Quarkus 3.27.0, Camel 4.14.0", "quarkus", true));
    /** What the component may bring, by group. slf4j-api and Camel are there before. */
    private static final List<String> KNOWN = List.of("org/imsession", "org/cometd/java", "org/eclipse/jetty",
            "org/eclipse/jetty/compression", "com/fasterxml/jackson/core");
    private static final Pattern STARTED = Pattern.compile("started=(\\d+) cpu=(\\d+)");
    private static final Pattern PASTED = Pattern.compile("(?s)(<!-- footprint -->\n).*?(<!-- footprint end -->)");

    private final Path root;
    private final int starts;
    private final List<String> faults = new ArrayList<>();

    private Footprint(Path root, int starts) {
        this.root = root;
        this.starts = starts;
    }

    public static void main(String[] args) throws Exception {
        Footprint footprint = new Footprint(Path.of(args[0]), Integer.parseInt(args[1]));
        List<String> lines = footprint.table();
        Files.createDirectories(footprint.root.resolve("target"));
        Files.write(footprint.root.resolve("target/table.md"), lines);
        lines.forEach(System.out::println);
        footprint.faults.forEach(System.err::println);
        if (footprint.faults.isEmpty() && Boolean.parseBoolean(args[2])) {
            Path readme = footprint.root.resolve("../../main/docs/performance.md");
            Files.writeString(readme, PASTED.matcher(Files.readString(readme))
                    .replaceFirst("$1" + Matcher.quoteReplacement(String.join("\n", lines)) + "\n$2"));
        }
        System.exit(footprint.faults.isEmpty() ? 0 : 1);
    }

    private List<String> table() throws Exception {
        List<String> lines = new ArrayList<>(List.of("| Runtime | jars without | jars added | MiB added "
                + "| start without, ms | start added, ms | CPU time without, ms | CPU time added, ms |",
                "|---|---:|---:|---:|---:|---:|---:|---:|"));
        for (Application application : APPLICATIONS) {
            Map<String, Path> without = jars(application, "without");
            Map<String, Path> brought = brought(without, jars(application, "with"));
            List<Times> alone = new ArrayList<>();
            List<Times> more = new ArrayList<>();
            measure(application, alone, more);
            lines.add("| %s | %d | %d | %s | %d | %d | %d | %d |".formatted(application.name(), without.size(),
                    brought.size(), mib(brought), median(alone, Times::elapsed),
                    median(more, Times::elapsed) - median(alone, Times::elapsed), median(alone, Times::cpu),
                    median(more, Times::cpu) - median(alone, Times::cpu)));
        }
        lines.add("");
        int processors = Runtime.getRuntime().availableProcessors();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        lines.add(String.format(Locale.ROOT, "%s, `mvn -f src/it/footprint package`, medians of %d starts with and "
                + "%2$d without in turn, Java %d, %d processors, load %.1f at the end.%s", LocalDate.now(), starts,
                Runtime.version().feature(), processors, load,
                load > processors ? " **A trial** on a machine shared with other work: only the jars count." : ""));
        return lines;
    }

    private Map<String, Path> brought(Map<String, Path> without, Map<String, Path> with) {
        without.forEach((artifact, jar) -> {
            if (!jar.equals(with.get(artifact)) && !isRaised(artifact, jar, with.get(artifact))) {
                faults.add(jar.getFileName() + " became " + with.get(artifact));
            }
        });
        Map<String, Path> brought = new TreeMap<>(with);
        brought.keySet().removeAll(without.keySet());
        brought.forEach((artifact, jar) -> {
            if (!isKnown(artifact)) {
                faults.add(jar.getFileName() + " is not among what it should bring");
            }
        });
        return brought;
    }

    private static boolean isKnown(String artifact) {
        return KNOWN.stream().anyMatch(artifact.substring(0, artifact.lastIndexOf('/'))::endsWith);
    }

    /** Without a BOM that says otherwise, what the component needs may come in its newer, patched version. */
    private static boolean isRaised(String artifact, Path before, Path after) {
        if (after == null || !isKnown(artifact)) {
            return false;
        }
        String old = version(before);
        String now = version(after);
        return old.split("\\.")[0].equals(now.split("\\.")[0]) && Version.parse(now).compareTo(Version.parse(old)) > 0;
    }

    private static String version(Path jar) {
        return jar.getParent().getFileName().toString();
    }

    /** By group and artifact, as in a local repository: .../group/artifact/version/file. */
    private Map<String, Path> jars(Application application, String variant) throws IOException {
        Map<String, Path> result = new TreeMap<>();
        String classPath = Files.readString(application.path(root, variant).resolve("runtime.classpath")).strip();
        for (String each : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(each);
            String artifact = jar.getParent().getParent().toString().replace(File.separatorChar, '/');
            if (result.put(artifact, jar) != null) {
                faults.add(application.name() + ": two jars of " + artifact);
            }
        }
        return result;
    }

    /** In turn, so that what else the machine does meets both; what the first start of each reads is then in memory. */
    private void measure(Application application, List<Times> without, List<Times> with) throws Exception {
        // a port where nobody answers: logging in is not part of the start
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String address = "imsession:alice?password=secret&serverUrl=http://127.0.0.1:" + port;
        start(application, "without", "direct:begin");
        start(application, "with", address);
        for (int i = 0; i < starts; i++) {
            without.add(start(application, "without", "direct:begin"));
            with.add(start(application, "with", address));
        }
    }

    private Times start(Application application, String variant, String address) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Daddress=" + address));
        command.addAll(application.launch(root, variant));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        Matcher started = STARTED.matcher(output);
        if (process.waitFor() != 0 || !started.find()) {
            throw new IllegalStateException(application.name() + " did not start:\n" + output);
        }
        return new Times(Long.parseLong(started.group(1)), Long.parseLong(started.group(2)) / 1_000_000);
    }

    private static long median(List<Times> all, ToLongFunction<Times> value) {
        return all.stream().mapToLong(value).sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private static String mib(Map<String, Path> jars) throws IOException {
        long bytes = 0;
        for (Path jar : jars.values()) {
            bytes += Files.size(jar);
        }
        return String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
    }
}
