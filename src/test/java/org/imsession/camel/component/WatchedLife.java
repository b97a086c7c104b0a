package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link FullLife} that logs at TRACE, and what is seen of it. */
record WatchedLife(Process process, Path log, Path out) implements AutoCloseable {

    /** @param folder where what is seen is kept */
    static WatchedLife start(Path folder, String url, String password, String wrong, String token,
                             boolean passwordsInUris) throws IOException {
        Path log = folder.resolve("log");
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx256m", "-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-cp",
                System.getProperty("java.class.path"), "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-Dorg.slf4j.simpleLogger.logFile=" + log));
        Map.of("org.imsession", "trace", "org.cometd", "trace", "org.eclipse.jetty", "info",
                "org.apache.camel", passwordsInUris ? "debug" : "trace").forEach((logger, level) ->
                command.add("-Dorg.slf4j.simpleLogger.log." + logger + "=" + level));
        command.addAll(List.of(FullLife.class.getName(), url, password, wrong, token,
                String.valueOf(passwordsInUris)));
        return new WatchedLife(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile())
                .start(), log, out);
    }

    /** Lets an agent act in each way. */
    void act() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Lets it show everything and end. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(shown()).isZero();
    }

    String logged() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    String shown() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** The lines with one of these texts in them, with what it is. */
    static List<String> leaks(String text, Map<String, String> secrets) {
        return text.lines().flatMap(line -> secrets.entrySet().stream().filter(each -> line.contains(each.getKey()))
                .map(each -> each.getValue() + " in: " + (line.length() > 300 ? line.substring(0, 300) : line)))
                .distinct().limit(12).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
