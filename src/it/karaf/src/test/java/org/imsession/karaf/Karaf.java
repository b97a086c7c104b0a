package org.imsession.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Karaf in a process of its own, all of whose ports are on 127.0.0.1, and which finds bundles in its own folders and
 * those of the build only. It ends with this process.
 */
final class Karaf implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(60);
    /** The last line of a start: the features of the container are installed. */
    private static final String STARTED = " | Done.";
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int PORT_ATTEMPTS = 100;

    private final Path home;
    private final Process process;
    private final KarafConsole console;

    private Karaf(Path home, Path bundles, Map<String, String> environment) throws IOException {
        this.home = home;
        Path etc = home.resolve("etc");
        for (String folder : List.of("data", "deploy")) {
            empty(home.resolve(folder));
        }
        configure(etc, bundles);
        this.process = start(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        this.console = Awaitility.await("the console of Karaf").atMost(START).pollInterval(Duration.ofMillis(250))
                .failFast("Karaf has ended, see " + log(), () -> !process.isAlive()).ignoreExceptions()
                .until(this::openConsole, Optional::isPresent).orElseThrow();
    }

    /**
     * @param home        an unpacked Karaf; what was installed in it before is gone
     * @param bundles     a Maven repository with all that is to be installed
     * @param environment what routes may refer to
     */
    static Karaf start(Path home, Path bundles, Map<String, String> environment) throws IOException {
        return new Karaf(home, bundles, environment);
    }

    /** Not before the JVM runs, for attaching to what is still a shell script would end it. */
    private Optional<KarafConsole> openConsole() throws Exception {
        if (!Files.exists(log()) || logged(STARTED) == 0) {
            return Optional.empty();
        }
        KarafConsole opened = KarafConsole.open(process.pid());
        if (opened.hasCommands()) {
            return Optional.of(opened);
        }
        opened.close();
        return Optional.empty();
    }

    private void configure(Path etc, Path bundles) throws IOException {
        new EtcFile(etc.resolve("org.apache.karaf.shell.cfg"))
                .set("sshHost", "127.0.0.1").set("sshPort", String.valueOf(freePort()));
        new EtcFile(etc.resolve("org.apache.karaf.management.cfg"))
                .set("rmiRegistryHost", "127.0.0.1").set("rmiRegistryPort", String.valueOf(freePort()))
                .set("rmiServerHost", "127.0.0.1").set("rmiServerPort", String.valueOf(freePort()));
        new EtcFile(etc.resolve("org.ops4j.pax.url.mvn.cfg"))
                .set("org.ops4j.pax.url.mvn.repositories", "")
                .set("org.ops4j.pax.url.mvn.localRepository", bundles.toString())
                .set("org.ops4j.pax.url.mvn.defaultRepositories",
                        "${karaf.home.uri}${karaf.default.repository}@id=system.repository, "
                                + bundles.toUri() + "@id=build.repository");
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder karaf = new ProcessBuilder(home.resolve("bin/karaf").toString(), "server");
        karaf.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "KARAF_EXEC", "exec",
                "JAVA_MAX_MEM", "512m"));
        karaf.environment().putAll(environment);
        return karaf.redirectErrorStream(true).redirectOutput(home.resolve("console.log").toFile()).start();
    }

    KarafConsole console() {
        return console;
    }

    /** Copies a file into {@code deploy/}, as new even if its content is that of the one before. */
    void deploy(Path file) throws IOException {
        Path target = deployed(file);
        Path made = home.resolve("data").resolve(file.getFileName());
        Files.copy(file, made, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(made, FileTime.from(Instant.now()));
        Files.move(made, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void undeploy(Path file) throws IOException {
        Files.deleteIfExists(deployed(file));
    }

    private Path deployed(Path file) {
        return home.resolve("deploy").resolve(file.getFileName());
    }

    /** The only file of routes from now on. */
    void route(Path file) throws IOException {
        Path routes = home.resolve("routes");
        empty(routes);
        Files.copy(file, routes.resolve(file.getFileName()));
    }

    boolean isRunning() {
        return process.isAlive();
    }

    Path log() {
        return home.resolve("data/log/karaf.log");
    }

    /** How many lines of the log have this in them. */
    long logged(String text) {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops as {@code bin/stop} does, or by force if that takes too long. */
    @Override
    public void close() throws InterruptedException {
        console.close();
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("Karaf did not stop within " + STOP);
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    /** Below the ports that a system gives to those who ask for any, so that nobody gets it before Karaf has it. */
    private static int freePort() {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken; the next one may be free
            }
        }
        throw new IllegalStateException("There is no free port from " + LOWEST_PORT + " to " + HIGHEST_PORT);
    }
}
