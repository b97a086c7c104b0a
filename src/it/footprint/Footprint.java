import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the class paths of an application with and without the component, measures both starts in turn, and prints a
 * table. Ends with 1 if a jar of the application was replaced, or one came that is not among the known.
 */
public final class Footprint {

    /** What the component may bring, by group. slf4j-api and Camel are there before. */
    private static final List<String> KNOWN = List.of("org/imsession", "org/cometd/java", "org/eclipse/jetty",
            "org/eclipse/jetty/compression", "com/fasterxml/jackson/core");
    private static final Pattern STARTED = Pattern.compile("started=(\\d+) cpu=(\\d+)");

    /** Of one start, in milliseconds; the second hardly depends on what else the machine does. */
    private record Times(long elapsed, long cpu) {
    }

    private final Path root;
    private final int starts;
    private final List<String> faults = new ArrayList<>();

    private Footprint(Path root, int starts) {
        this.root = root;
        this.starts = starts;
    }

    public static void main(String[] args) throws Exception {
        new Footprint(Path.of(args[0]), Integer.parseInt(args[1])).run();
    }

    private void run() throws Exception {
        Map<String, Path> without = jars("without");
        Map<String, Path> with = jars("with");
        without.forEach((artifact, jar) -> {
            if (!jar.equals(with.get(artifact))) {
                faults.add(jar.getFileName() + " became " + with.get(artifact));
            }
        });
        Map<String, Path> brought = new TreeMap<>(with);
        brought.keySet().removeAll(without.keySet());
        List<String> lines = new ArrayList<>(List.of("| jar | KiB |", "|---|---|"));
        long bytes = 0;
        for (Map.Entry<String, Path> jar : brought.entrySet()) {
            if (KNOWN.stream().noneMatch(group -> jar.getKey().substring(0, jar.getKey().lastIndexOf('/'))
                    .endsWith(group))) {
                faults.add(jar.getValue().getFileName() + " is not among what it should bring");
            }
            bytes += Files.size(jar.getValue());
            lines.add("| %s | %d |".formatted(jar.getValue().getFileName(), Files.size(jar.getValue()) / 1024));
        }
        lines.add("");
        lines.add("| | jars | MiB | start, ms | CPU time of it, ms |");
        lines.add("|---|---|---|---|---|");
        List<Times> times = measure();
        Times alone = times.get(0);
        Times more = times.get(1);
        lines.add("| Camel Main alone | %d | %s | %d | %d |".formatted(without.size(), mib(size(without)),
                alone.elapsed(), alone.cpu()));
        lines.add("| the component adds | %d | %s | %d | %d |".formatted(brought.size(), mib(bytes),
                more.elapsed() - alone.elapsed(), more.cpu() - alone.cpu()));
        lines.add("");
        lines.add("Medians of %d starts, Java %d, %d processors, load %.1f".formatted(starts,
                Runtime.version().feature(), Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        Files.createDirectories(root.resolve("target"));
        Files.write(root.resolve("target/table.md"), lines);
        lines.forEach(System.out::println);
        faults.forEach(System.err::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    /** By group and artifact, as in a local repository: .../group/artifact/version/file. */
    private Map<String, Path> jars(String module) throws IOException {
        Map<String, Path> result = new TreeMap<>();
        for (String each : classPath(module).split(File.pathSeparator)) {
            Path jar = Path.of(each);
            if (each.endsWith(".jar")) {
                String artifact = jar.getParent().getParent().toString().replace(File.separatorChar, '/');
                if (result.put(artifact, jar) != null) {
                    faults.add("Two jars of " + artifact);
                }
            }
        }
        return result;
    }

    private String classPath(String module) throws IOException {
        return Files.readString(root.resolve(module).resolve("target/runtime.classpath")).strip();
    }

    /** In turn, so that what else the machine does meets both. */
    private List<Times> measure() throws Exception {
        List<Times> without = new ArrayList<>();
        List<Times> with = new ArrayList<>();
        // a port where nobody answers: logging in is not part of the start
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String address = "imsession:alice?password=secret&serverUrl=http://127.0.0.1:" + port;
        for (int i = 0; i < starts; i++) {
            without.add(start("without", "direct:begin"));
            with.add(start("with", address));
        }
        return List.of(median(without), median(with));
    }

    private Times start(String module, String address) throws Exception {
        Path classes = root.resolve("without/target/classes");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                classes + File.pathSeparator + classPath(module), "com.example.start.Start", address)
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        Matcher started = STARTED.matcher(output);
        if (process.waitFor() != 0 || !started.find()) {
            throw new IllegalStateException("It did not start:\n" + output);
        }
        return new Times(Long.parseLong(started.group(1)), Long.parseLong(started.group(2)) / 1_000_000);
    }

    private static Times median(List<Times> all) {
        return new Times(all.stream().mapToLong(Times::elapsed).sorted().skip(all.size() / 2).findFirst().orElseThrow(),
                all.stream().mapToLong(Times::cpu).sorted().skip(all.size() / 2).findFirst().orElseThrow());
    }

    private static long size(Map<String, Path> jars) throws IOException {
        long result = 0;
        for (Path jar : jars.values()) {
            result += Files.size(jar);
        }
        return result;
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
    }
}
