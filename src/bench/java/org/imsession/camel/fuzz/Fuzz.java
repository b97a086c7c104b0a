package org.imsession.camel.fuzz;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Random answers of up to 64 KiB, packed, to 100 agents in a process of 128 MiB of heap, which ends at the first
 * OutOfMemoryError; then good ones, with an event for each agent. Exits with 1 unless the process has lived, and all
 * agents are live and have got that event.
 *
 * <pre>{@code
 * mvn -q -Pfuzz test-compile exec:java -Dfuzz.minutes=10 [-Dfuzz.agents=100] [-Dfuzz.heap=128m] [-Dfuzz.seed=...]
 * }</pre>
 */
public final class Fuzz {

    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private final int agents;
    private final String heap;
    private final long seed;
    private final Path log;
    private volatile Report latest = Report.NONE;

    Fuzz(int agents, String heap, long seed, Path log) {
        this.agents = agents;
        this.heap = heap;
        this.seed = seed;
        this.log = log;
    }

    /** No arguments; properties, see above. */
    public static void main(String[] args) throws Exception {
        Path log = Path.of("target", "fuzz.log").toAbsolutePath();
        Files.createDirectories(log.getParent());
        Fuzz fuzz = new Fuzz(Integer.getInteger("fuzz.agents", 100), System.getProperty("fuzz.heap", "128m"),
                Long.getLong("fuzz.seed", System.nanoTime() & 0xFFFFFF), log);
        String problem = fuzz.run(Duration.ofSeconds(Math.round(60 * Double.parseDouble(
                System.getProperty("fuzz.minutes", "10")))));
        System.out.println(problem.isEmpty() ? "None died, and all came back." : "FAILED: " + problem + "; see " + log);
        System.exit(problem.isEmpty() ? 0 : 1);
    }

    /** @return what went wrong, empty if nothing did */
    String run(Duration time) throws IOException, InterruptedException {
        System.out.println("Fuzz of " + time + ", " + agents + " agents, heap " + heap + ", seed " + seed);
        try (HostileServer server = new HostileServer(seed)) {
            Process process = start(server.url());
            try {
                return watch(process, server, time);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private String watch(Process process, HostileServer server, Duration time) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + time.toNanos();
        long nextLine = System.nanoTime();
        while (System.nanoTime() < end && process.isAlive()) {
            never.await(200, TimeUnit.MILLISECONDS);
            if (System.nanoTime() >= nextLine) {
                nextLine += TimeUnit.MINUTES.toNanos(1);
                tell(server);
            }
        }
        server.beGood();
        long late = System.nanoTime() + RECOVERY.toNanos();
        while (System.nanoTime() < late && process.isAlive() && (latest.live() < agents || latest.marked() < agents)) {
            never.await(200, TimeUnit.MILLISECONDS);
        }
        tell(server);
        if (!process.isAlive()) {
            return "the process has died with exit code " + process.exitValue();
        }
        return latest.live() == agents && latest.marked() == agents ? "" : latest.live() + " of " + agents
                + " agents are live again, and " + latest.marked() + " have got what was sent to them";
    }

    private void tell(HostileServer server) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + server.answers + " bad answers, "
                + (server.packed.get() >> 20) + " MiB packed, " + (server.unpacked.get() >> 20) + " MiB unpacked | "
                + latest);
    }

    private Process start(String url) throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", classPath(), FuzzedAgents.class.getName(), url,
                String.valueOf(agents));
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        Thread reader = new Thread(() -> process.inputReader().lines().filter(Report::isLine).map(Report::parse)
                .forEach(report -> latest = report));
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    /** Maven runs it in a class loader of its own. */
    private static String classPath() {
        if (Fuzz.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }
}
