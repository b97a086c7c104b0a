import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Looks at its own class path, that of an application with the component, as Maven has resolved it: no class is in two
 * jars, and libraries that must be of one version are. Writes the versions into a file; ends with 1 if something is
 * wrong.
 */
public final class ClassPathCheck {

    private static final List<String> FAMILIES = List.of("org.apache.camel", "org.cometd.java", "org.eclipse.jetty",
            "com.fasterxml.jackson.core");
    /** Jackson's annotations have versions of their own from 2.20 on. */
    private static final String ANNOTATIONS = "jackson-annotations";

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Set<String>> versions = new TreeMap<>();
    private final Map<String, String> classes = new TreeMap<>();
    private final Set<String> twice = new TreeSet<>();
    private final Set<String> artifacts = new TreeSet<>();
    private int jars;
    private long bytes;

    public static void main(String[] args) throws IOException {
        ClassPathCheck check = new ClassPathCheck();
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).filter(each -> each.endsWith(".jar"))
                .map(Path::of).forEach(check::add);
        check.write(Path.of(args[0]));
        check.faults.forEach(System.err::println);
        System.exit(check.faults.isEmpty() ? 0 : 1);
    }

    /** A jar of a local repository: .../group/artifact/version/file. */
    private void add(Path jar) {
        jars++;
        Path version = jar.getParent();
        Path artifact = version.getParent();
        if (!artifacts.add(artifact.toString())) {
            faults.add("Two jars of " + artifact.getFileName() + " are on the class path");
        }
        String group = artifact.getParent().toString().replace(File.separatorChar, '.');
        for (String family : FAMILIES) {
            if ((group + '.').contains('.' + family + '.') && !artifact.endsWith(ANNOTATIONS)) {
                versions.computeIfAbsent(family, key -> new TreeSet<>()).add(version.getFileName().toString());
            }
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            bytes += Files.size(jar);
            file.stream().map(entry -> entry.getName()).filter(ClassPathCheck::isClass)
                    .forEach(name -> seen(name, jar.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")
                && !name.endsWith("package-info.class");
    }

    private void seen(String name, String jar) {
        String before = classes.putIfAbsent(name, jar);
        if (before != null && twice.add(before + " and " + jar)) {
            faults.add(name + " is in two jars: " + before + " and " + jar);
        }
    }

    private void write(Path file) throws IOException {
        versions.forEach((family, found) -> {
            if (found.size() > 1) {
                faults.add(family + " is there in several versions: " + found);
            }
        });
        if (!versions.keySet().containsAll(FAMILIES)) {
            faults.add("Not all of " + FAMILIES + " are there: " + versions.keySet());
        }
        List<String> lines = new ArrayList<>();
        versions.forEach((family, found) -> lines.add(family + '=' + String.join(" and ", found)));
        lines.add("jars=" + jars);
        lines.add("bytes=" + bytes);
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }
}
