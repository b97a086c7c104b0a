import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds the project in two folders, at another time, in another time zone and language, and compares the hashes of what is
 * released. Exit status 0: all are equal; 1: some differ, and are named, or a build failed.
 *
 * <p>{@code java src/build/Reproducible.java} in the folder of the project compares all of {@code -Prelease}, of two clones
 * of what is committed; {@code java src/build/Reproducible.java jars} only the jars, which is quicker. Where there is no
 * repository of git, it takes copies.
 */
final class Reproducible {

    /** Jars have the rights of the files that they are made of. */
    private static final String RIGHTS = "umask 022 && exec mvn \"$@\"";

    /** The bill of materials names where it is deployed to, which is a folder of the clone unless it is said. */
    private static final List<String> RELEASE = List.of("-Prelease", "-Denforcer.skip",
            "-Ddeploy.url=https://repository.example.com", "verify");
    private static final List<String> JARS = List.of("package");
    /** Of the folder target. */
    private static final String RELEASED = "[^/]+\\.(jar|zip|tar\\.gz)|bom\\.(json|xml)|simulator/pom\\.xml|feature/features\\.xml";

    private Reproducible() {
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(args));
        boolean jars = options.remove("jars");
        if (!options.stream().allMatch(each -> each.startsWith("-"))) {
            System.err.println("Usage: java src/build/Reproducible.java [jars] [options of Maven]");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("reproducible");
        int status = 1;
        try {
            options.addAll(jars ? JARS : RELEASE);
            SortedMap<String, String> first = build(folder.resolve("one"), options, "UTC", "en");
            SortedMap<String, String> second = build(folder.resolve("another-longer"), options, "Pacific/Auckland", "de");
            status = compare(first, second, jars ? 2 : 11) ? 0 : 1;
            if (status == 0) {
                delete(folder);
            } else {
                System.out.println("Both builds are left in " + folder);
            }
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
        }
        System.exit(status);
    }

    private static boolean compare(SortedMap<String, String> first, SortedMap<String, String> second, int least) {
        boolean equal = first.size() >= least && first.keySet().equals(second.keySet());
        if (!equal) {
            System.out.println("Not the same files, or too few: " + first.keySet() + ", " + second.keySet());
        }
        for (Map.Entry<String, String> each : first.entrySet()) {
            boolean same = each.getValue().equals(second.get(each.getKey()));
            System.out.println((same ? "equal     " : "DIFFERENT ") + each.getValue() + "  " + each.getKey());
            equal &= same;
        }
        return equal;
    }

    /** @return the hashes of what was made, by the names of the files */
    private static SortedMap<String, String> build(Path folder, List<String> options, String zone, String language)
            throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        if (Files.exists(project.resolve(".git"))) {
            run(project, Map.of(), List.of("git", "clone", "-q", "--no-hardlinks", project.toString(), folder.toString()));
        } else {
            copy(project, folder);
        }
        List<String> maven = new ArrayList<>(List.of("sh", "-c", RIGHTS, "sh", "-B", "-q", "-DskipTests"));
        maven.addAll(options);
        String given = System.getenv().getOrDefault("MAVEN_OPTS", "");
        run(folder, Map.of("TZ", zone, "MAVEN_OPTS", given + " -Duser.language=" + language), maven);
        SortedMap<String, String> hashes = new TreeMap<>();
        Path target = folder.resolve("target");
        try (Stream<Path> files = Files.walk(target, 2)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = target.relativize(file).toString().replace('\\', '/');
                if (name.matches(RELEASED)) {
                    hashes.put(name, sha256(file));
                }
            });
        }
        return hashes;
    }

    private static void run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("Exit status " + status + " of " + String.join(" ", command) + " in " + folder);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (Set.of("target", ".git", "data").contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
