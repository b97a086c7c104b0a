import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Prints what each module has resolved and how its tests ended, as a table, and writes it to target/table.md. */
public final class Table {

    private static final String[] COUNTS = { "tests", "failures", "errors", "skipped" };

    public static void main(String[] args) throws Exception {
        Path matrix = Path.of(args[0]);
        List<String> lines = new ArrayList<>();
        lines.add("| Camel | CometD | Jetty | Jackson | tests run | failed | skipped | seconds |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (Path kind : List.of(matrix.resolve("runtime"), matrix.resolve("smoke"))) {
            try (Stream<Path> modules = Files.list(kind)) {
                for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("target"))).sorted()
                        .toList()) {
                    String name = module.getFileName() + (kind.endsWith("smoke") ? " (smoke)" : "");
                    lines.add(row(module, name, module.resolve("target/surefire-reports")));
                    Path newer = module.resolve("target/java-25/surefire-reports");
                    if (Files.isDirectory(newer)) {
                        lines.add(row(module, name + ", Java 25, virtual threads", newer));
                    }
                }
            }
        }
        lines.add("");
        lines.add("Java " + Runtime.version().feature() + ", " + LocalDate.now());
        Files.createDirectories(matrix.resolve("target"));
        Files.write(matrix.resolve("target/table.md"), lines);
        lines.forEach(System.out::println);
    }

    private static String row(Path module, String name, Path folder) throws Exception {
        Properties resolved = new Properties();
        Path properties = module.resolve("target/class-path.properties");
        if (Files.exists(properties)) {
            try (Reader in = Files.newBufferedReader(properties)) {
                resolved.load(in);
            }
        }
        int[] counts = new int[COUNTS.length];
        double seconds = 0;
        for (Path report : reports(folder)) {
            Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile())
                    .getDocumentElement();
            for (int i = 0; i < COUNTS.length; i++) {
                counts[i] += Integer.parseInt(suite.getAttribute(COUNTS[i]));
            }
            seconds += Double.parseDouble(suite.getAttribute("time").replace(",", ""));
        }
        return "| %s | %s | %s | %s | %s | %d | %d | %.0f |".formatted(name,
                resolved.getProperty("org.cometd.java", "?"), resolved.getProperty("org.eclipse.jetty", "?"),
                resolved.getProperty("com.fasterxml.jackson.core", "?"),
                counts[0] == 0 ? "none" : Integer.toString(counts[0]), counts[1] + counts[2], counts[3], seconds);
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList();
        }
    }
}
