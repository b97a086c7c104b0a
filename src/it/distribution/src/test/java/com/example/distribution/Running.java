package com.example.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A program that was started, and what it has printed. */
final class Running implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path printed;

    private Running(Process process, Path printed) {
        this.process = process;
        this.printed = printed;
    }

    /** With an environment of no more than the path, the HOME and what is given. */
    static Running start(Path folder, Path printed, Path home, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "HOME", home.toString(),
                "JAVA_HOME", System.getProperty("java.home")));
        builder.environment().putAll(environment);
        return new Running(builder.start(), printed);
    }

    String printed() {
        try {
            return Files.readString(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitPrinted(String text) {
        awaitTrue(text, () -> printed().contains(text));
    }

    void awaitTrue(String what, Callable<Boolean> condition) {
        // a program that is ended in the middle of a mail is no fault of the mail server's thread in this process
        await(what).dontCatchUncaughtExceptions().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).failFast(() -> assertThat(process.isAlive())
                .as("runs until %s:\n%s", what, printed()).isTrue()).until(condition);
    }

    boolean ended() {
        return !process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ends:\n%s", printed()).isTrue();
        return process.exitValue();
    }

    /** Tells it to stop by SIGTERM. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
