import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what the distribution has of the project, but in other words: settings, README, checksums of the repository. */
final class Content {

    private static final Path SETTINGS = Path.of("routes/application.properties");
    /** Need camel-cometd, whose version of lib/ is in no repository of the build, and has a weakness (advisories.txt). */
    private static final List<Path> OF_COMETD = List.of(Path.of("routes/live"), Path.of("routes/cometd"));
    /** Among the routes that a setting includes: folder, and name or all. */
    private static final Pattern JAVA = Pattern.compile(",?file:(routes/\\w+)/([\\w*]+)\\.java");
    private static final Pattern ADVISORY = Pattern.compile("(\\S+):(\\S+)\\s+(\\S+)\\s+([A-Z].*)");
    private static final Pattern ARTIFACT = Pattern.compile("\\s+([\\w.-]+):([\\w.-]+):jar:(?:[^:]+:)?([\\w.-]+):(\\w+)");

    private Content() {
    }

    public static void main(String[] args) throws IOException {
        Path content = Path.of(args[3]);
        for (Path file : files(Path.of("routes"))) {
            if (file.toString().endsWith(".properties") && OF_COMETD.stream().noneMatch(file::startsWith)) {
                Path to = content.resolve(file.equals(SETTINGS) ? Path.of("conf/application.properties") : file);
                Files.createDirectories(to.getParent());
                Files.writeString(to, settings(Files.readString(file)));
            }
        }
        Files.writeString(content.resolve("README.md"), Files.readString(Path.of("src/dist/README.md"))
                .replace("@version@", args[0]).replace("@camel@", args[1])
                .replace("@advisories@", advisories(Path.of(args[2]))));
        for (Path file : files(content.resolve("repository"))) {
            if (file.toString().matches(".*\\.(jar|pom)")) {
                Files.writeString(Path.of(file + ".sha1"), sha1(file));
            }
        }
    }

    /**
     * As in the samples, but that the routes in Java are compiled here, so that no JDK is needed, and that the settings are in
     * conf.
     */
    private static String settings(String samples) throws IOException {
        StringBuilder settings = new StringBuilder();
        for (String line : (Iterable<String>) samples.lines()::iterator) {
            Matcher routes = JAVA.matcher(line);
            List<String> beans = new ArrayList<>();
            while (routes.find()) {
                beans.addAll(beans(Path.of(routes.group(1)), routes.group(2)));
            }
            String rest = beans.isEmpty() ? line : routes.replaceAll("").replace("= ,", "= ");
            if (!beans.isEmpty() && rest.endsWith("= ")) {
                settings.append("# compiled, in lib/imsession-routes-*.jar\n");
            } else {
                settings.append(rest.replace("file:" + SETTINGS, "file:conf/application.properties")
                        .replace("java -cp 'lib/*' org.apache.camel.main.Main", "bin/imsession")).append('\n');
                settings.append(beans.isEmpty() ? "" : "# those in Java, compiled in lib/imsession-routes-*.jar\n");
            }
            beans.forEach(settings::append);
        }
        return settings.toString();
    }

    private static List<String> beans(Path folder, String name) throws IOException {
        List<String> beans = files(folder).stream().map(file -> file.getFileName().toString())
                .filter(file -> file.endsWith(".java") && (name.equals("*") || file.equals(name + ".java")))
                .map(file -> file.replace(".java", ""))
                .map(file -> "camel.beans." + file + " = #class:" + file + "\n").toList();
        if (beans.isEmpty()) {
            throw new IllegalStateException("There is no " + name + ".java in " + folder);
        }
        return beans;
    }

    private static String advisories(Path dependencies) throws IOException {
        List<Matcher> known = matches(ADVISORY, Path.of("src/test/resources/advisories.txt"));
        List<String> rows = new ArrayList<>();
        for (Matcher artifact : matches(ARTIFACT, dependencies)) {
            known.stream().filter(each -> each.group(1).equals(artifact.group(1)))
                    .filter(each -> each.group(2).equals("*") || each.group(2).equals(artifact.group(2)))
                    .filter(each -> Version.parse(artifact.group(3)).compareTo(Version.parse(each.group(3))) < 0)
                    .forEach(each -> rows.add("| " + artifact.group(2) + " " + artifact.group(3) + " | " + each.group(4)
                            + " | " + each.group(3) + " |"));
        }
        return rows.isEmpty() ? "None is known." : "| In `lib/` | Advisory | Mended in |\n|---|---|---|\n"
                + String.join("\n", rows);
    }

    private static List<Matcher> matches(Pattern pattern, Path file) throws IOException {
        return Files.readAllLines(file).stream().map(pattern::matcher).filter(Matcher::lookingAt).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String sha1(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
