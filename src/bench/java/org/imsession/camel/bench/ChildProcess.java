package org.imsession.camel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM that takes orders line by line and answers each, see {@link Orders}. It ends with this one at the latest. */
final class ChildProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    /**
     * Starts it. What it prints beside answers goes to a log in {@link Bench#FOLDER}.
     *
     * @param options of the JVM; those of the property {@code bench.jvm.NAME} come on top
     */
    ChildProcess(String name, List<String> options, Class<?> main, String... args) throws IOException {
        this.name = name;
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(List.of(System.getProperty("bench.jvm." + name, "").split(" ")));
        command.removeIf(String::isEmpty);
        System.getProperties().stringPropertyNames().stream().filter(each -> each.startsWith("bench."))
                .forEach(each -> command.add("-D" + each + "=" + System.getProperty(each)));
        command.addAll(List.of("-Djava.net.preferIPv4Stack=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                Before.classPath(name), main.getName()));
        command.addAll(List.of(args));
        Files.createDirectories(Bench.FOLDER);
        process = new ProcessBuilder(command)
                .redirectError(Bench.FOLDER.resolve(name + ".log").toFile()).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Of this program, also when Maven runs it. */
    static String classPath() {
        if (Bench.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"));
        }
        return System.getProperty("java.class.path");
    }

    /** Gives an order and waits for its answer. */
    synchronized String ask(String order) throws IOException {
        orders.println(order);
        String line = answers.readLine();
        while (line != null && !line.startsWith(Orders.ANSWER)) {
            line = answers.readLine();
        }
        if (line == null || line.startsWith(Orders.FAILURE)) {
            throw new IllegalStateException("The process " + name + " failed at '" + order + "'"
                    + (line == null ? "" : ": " + line) + "; see " + Bench.FOLDER.resolve(name + ".log"));
        }
        return line.substring(Orders.ANSWER.length());
    }

    /** The same, for an answer made of numbers. */
    double[] numbers(String order) throws IOException {
        return Arrays.stream(ask(order).split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Ends it, in order if it can; a child that records its flight writes the recording then. */
    @Override
    public void close() {
        orders.close();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).handle((ended, late) ->
                process.destroyForcibly()).join();
    }
}
