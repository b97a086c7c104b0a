package com.example.pages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The terminal of a newcomer: what a block exports holds for the next one, and each begins in the folder of the project. HOME
 * is that of this test; Java does not look at HOME, so Maven is told.
 */
final class Terminal {

    /** What takes five minutes on a machine of its own is an exception; this is one with other work. */
    static final Duration LONGEST = Duration.ofMinutes(10);
    /** What is on the path beside the programs of this machine. */
    static final Path PROGRAMS = Path.of("target", "bin").toAbsolutePath();
    /** For a third of the time to compile, and the same classes. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    private static final Duration TO_END = Duration.ofSeconds(60);
    /** The state is kept before each command, since some have no end of their own. */
    private static final String PROLOGUE = """
            set -eo pipefail
            if [ -e "$TERMINAL/env" ]; then . "$TERMINAL/env"; fi
            trap 'export -p >"$TERMINAL/env"' DEBUG EXIT
            """;

    private final Path home;
    private final Path state;
    private final Duration longest;
    private final List<Process> serving = new ArrayList<>();
    private int blocks;

    Terminal(Path home, Path state) throws IOException {
        this(home, state, LONGEST);
    }

    Terminal(Path home, Path state, Duration longest) throws IOException {
        this.home = Files.createDirectories(home);
        this.state = Files.createDirectories(state);
        this.longest = longest;
    }

    /** A port that somebody else has would give a block the wrong answer, or none. */
    static void checkFree(List<Integer> ports) {
        for (int port : ports) {
            try (ServerSocket free = new ServerSocket()) {
                free.setReuseAddress(true);
                free.bind(new InetSocketAddress(port));
            } catch (IOException e) {
                throw new AssertionError("Port " + port + " is in use, and the page needs it: end what listens there ("
                        + e.getMessage() + ")", e);
            }
        }
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
        if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
            stop(process);
            throw new AssertionError("It has not ended within " + longest + ", and was stopped; its last lines:\n" + tail(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("Exit status " + process.exitValue() + "; its last lines:\n" + tail(log));
        }
        return read(log);
    }

    /** Runs until it has printed what is awaited; then it is stopped, or goes on until {@link #close}. */
    String runUntil(String what, Predicate<String> enough, boolean serve, String code, Path folder) throws Exception {
        Path log = log();
        Process process = start(code, folder, log);
        long end = System.nanoTime() + longest.toNanos();
        boolean running = true;
        while (!enough.test(read(log))) {
            if (!running || System.nanoTime() > end) {
                stop(process);
                throw new AssertionError((running ? "It has not printed '" + what + "' within " + longest + ", and was stopped"
                        : "It ended with exit status " + process.exitValue() + " and has not printed '" + what + "'")
                        + "; its last lines:\n" + tail(log));
            }
            running = !process.waitFor(200, TimeUnit.MILLISECONDS);
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
        Path script = Files.writeString(state.resolve("block" + blocks + ".sh"), PROLOGUE + code);
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.get("PATH");
        environment.clear();
        environment.putAll(Map.of("PATH", path + ":" + PROGRAMS, "HOME", home.toString(), "LANG", "C.UTF-8",
                "TERMINAL", state.toString(), "MAVEN_OPTS", "-Duser.home=" + home + " " + SHORT_LIVED));
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write("secret\n".getBytes(StandardCharsets.UTF_8)); // for read
        } catch (IOException e) {
            // it has ended, or reads nothing
        }
        return process;
    }

    private static void stop(Process process) throws Exception {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + TO_END.toNanos();
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                all.forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError("It did not end within " + TO_END + " of SIGTERM: " + each.info().command(), e);
            }
        }
    }

    private Path log() {
        return state.resolve("block" + ++blocks + ".log");
    }

    private static String read(Path log) throws IOException {
        return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    }

    private static String tail(Path log) throws IOException {
        String all = read(log).lines().filter(each -> !each.contains("Progress (")).collect(Collectors.joining("\n", "", "\n"));
        return all.substring(Math.max(0, all.length() - 5000));
    }
}
