package org.imsession.camel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The converters by JMH, each benchmark in as many JVMs as there are turns. JMH generates code when its benchmarks are
 * compiled; so that the build of everybody else need not know, {@link ConverterBenchmark} is compiled once more, here.
 */
final class Converters implements Bench.Subject {

    private static final Path SOURCES = Path.of("src/bench/java");
    private static final Path BENCHMARK = Path.of("org/imsession/camel/bench/ConverterBenchmark.java");

    private final Path classes = Bench.FOLDER.resolve("jmh");
    private final Path results = Bench.FOLDER.resolve("jmh.txt");
    private final Medians medians = new Medians();

    @Override
    public Table measure() throws Exception {
        generate();
        if (Before.isThere()) {
            for (int turn = 0; turn < Bench.runs(); turn++) {
                run(1, "", ChildProcess.classPath());
                run(1, Before.KIND + " ", Before.classPath(Before.KIND));
            }
        } else {
            run(Bench.runs(), "", ChildProcess.classPath());
        }
        Table table = new Table("converters", "600 bytes of JSON",
                "converter, ns", "Jackson tree, ns", "converter / tree", "Jackson records, ns", "converter / records",
                "KB allocated, converter", "tree", "records");
        row(table, "text to message", "textToMessage", "textToTree", "textToRecords");
        row(table, "message to text", "messageToText", "treeToText", "recordsToText");
        goal(table, "JSON text to message", "textToMessage", "textToRecords", 1.1);
        goal(table, "message to JSON text", "messageToText", "recordsToText", 1.0);
        table.note("Medians of " + Bench.runs() + " JVMs. The tree is readTree and writeValueAsString of an"
                + " ObjectMapper, the records are readValue without the members that are not documented.");
        Before.compare(table, medians, "", List.of("textToMessage", "textToMessage.kb", "messageToText",
                "messageToText.kb"));
        return table;
    }

    private void row(Table table, String name, String ours, String tree, String records) {
        table.row(name, medians.text(ours), medians.text(tree), medians.ratio(ours, tree), medians.text(records),
                medians.ratio(ours, records), medians.text(ours + ".kb"), medians.text(tree + ".kb"),
                medians.text(records + ".kb"));
    }

    private void goal(Table table, String what, String ours, String records, double allocation) {
        table.goal(what + " / Jackson records, time", Goal.atMost(1), medians.ratio(ours, records))
                .goal(what + " / Jackson records, allocation", Goal.atMost(allocation),
                        medians.ratio(ours + ".kb", records + ".kb"));
    }

    private void generate() throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(null, files, null,
                    List.of("-d", classes.toString(), "-cp", ChildProcess.classPath(), "-processor",
                            "org.openjdk.jmh.generators.BenchmarkProcessor"), null,
                    files.getJavaFileObjects(SOURCES.resolve(BENCHMARK))).call();
            if (!compiled) {
                throw new IllegalStateException("the benchmark of the converters cannot be compiled");
            }
        }
    }

    /** In a process of its own, since JMH gives its class path on to the JVMs that it makes. */
    private void run(int turns, String prefix, String classPath) throws Exception {
        Process process = new ProcessBuilder(ChildProcess.java(), "-Djmh.ignoreLock=true",
                "-Dbench.runs=" + turns, "-Dbench.seconds=" + Bench.seconds(3), "-cp",
                classes + ":" + classPath, ConverterRun.class.getName(), results.toString())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(Bench.FOLDER.resolve("converters.log").toFile()).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("JMH failed; see " + Bench.FOLDER.resolve("converters.log"));
        }
        for (String line : Files.readAllLines(results)) {
            String[] fields = line.split(" ");
            medians.add(prefix + fields[0], Double.parseDouble(fields[1]));
        }
    }
}
