package com.example.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The terminal of a newcomer: what a block exports holds for the next one, and each begins in the folder of the project. HOME
 * is that of this test; Java does not look at HOME, so Maven is told.
 */
final class Terminal {

    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final Duration TO_END = Duration.ofSeconds(60);
    /** The state is kept before each command, since some have no end of their own. */
    private static final String PROLOGUE = """
            set -eo pipefail
            if [ -e "$TERMINAL/env" ]; then . "$TERMINAL/env"; fi
            trap 'export -p >"$TERMINAL/env"' DEBUG
            """;

    private final Path home;
    private final Path state;
    private final List<Process> serving = new ArrayList<>();
    private int blocks;

    Terminal(Path home, Path state) throws IOException {
        this.home = Files.createDirectories(home);
        this.state = Files.createDirectories(state);
    }

    void export(Map<String, String> variables) throws IOException {
        StringBuilder env = new StringBuilder();
        variables.forEach((name, value) -> env.append("export ").append(name).append("='").append(value).append("'\n"));
        Files.writeString(state.resolve("env"), env);
    }

    /** Runs to the end; returns what was printed. */
    String run(String code, Path folder) throws Exception {
        Path log = log();
        Process process = start(code, folder, log);
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            stop(process);
            throw new AssertionError("It has not ended:\n" + tail(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("Exit status " + process.exitValue() + ":\n" + tail(log));
        }
        return read(log);
    }

    /** Runs until that is printed; then it is stopped, or goes on until {@link #close}. */
    String runUntil(String text, boolean serve, String code, Path folder) throws Exception {
        Path log = log();
        Process process = start(code, folder, log);
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!read(log).contains(text)) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) && !read(log).contains(text) || System.nanoTime() > end) {
                stop(process);
                throw new AssertionError("It did not print " + text + ":\n" + tail(log));
            }
        }
        if (serve) {
            serving.add(process);
        } else {
            stop(process);
        }
        return read(log);
    }

    void close() throws Exception {
        Collections.reverse(serving);
        for (Process each : serving) {
            stop(each);
        }
        serving.clear();
    }

    private Process start(String code, Path folder, Path log) throws IOException {
        Path script = Files.writeString(state.resolve("block.sh"), PROLOGUE + code);
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.get("PATH");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "HOME", home.toString(), "LANG", "C.UTF-8",
                "TERMINAL", state.toString(), "MAVEN_OPTS", "-Duser.home=" + home));
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write("secret\n".getBytes(StandardCharsets.UTF_8)); // for read
        } catch (IOException e) {
            // it has ended, or reads nothing
        }
        return process;
    }

    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.forEach(ProcessHandle::destroy);
        if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError("It did not end within " + TO_END + " of SIGTERM");
        }
    }

    private Path log() {
        return state.resolve("block" + ++blocks + ".log");
    }

    private static String read(Path log) throws IOException {
        return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    }

    private static String tail(Path log) throws IOException {
        String all = read(log);
        return all.substring(Math.max(0, all.length() - 5000));
    }
}
