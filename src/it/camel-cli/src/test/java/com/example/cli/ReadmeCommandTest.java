package com.example.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code camel run ...} of the manual runs the sample routes as they are. */
class ReadmeCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("root")).normalize();
    private static final Path WORK = Path.of("target", "work");
    static final long PATIENCE_SECONDS = 180;
    private static final String COORDINATES = "org.imsession:camel-imsession:";

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");

    @Test
    void textsArriveInFiles() throws Exception {
        copyRoutes();
        Process cli = start(commandOfTheManual(), WORK);
        try {
            awaitSubscribed(cli);
            GWS.agent("alice").session().says("Hello from the CLI");
            awaitText("Hello from the CLI");
        } finally {
            cli.destroy();
            assertTrue(cli.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the CLI did not end");
        }
        assertTrue(GWS.agent("alice").awaitSubscribers(1, Duration.ofSeconds(1)),
                "with a stateRepository the session waits for the next start");
    }

    private static void awaitSubscribed(Process cli) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!GWS.agent("alice").awaitSubscribed(Duration.ofSeconds(1))) {
            if (!cli.isAlive() || System.nanoTime() > end) {
                fail("alice has not subscribed:\n" + log());
            }
        }
    }

    private static List<String> commandOfTheManual() throws IOException {
        Matcher command = Pattern.compile("^camel (run .*)$", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("src/main/docs/runtimes.md")));
        assertTrue(command.find(), "no command in the manual");
        return ofThisBuild(command.group(1));
    }

    static List<String> ofThisBuild(String command) {
        String built = COORDINATES + System.getProperty("imsession.version");
        return List.of(command.replaceAll(Pattern.quote(COORDINATES) + "[^, ]+", built).split(" "));
    }

    static Process start(List<String> arguments, Path work) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmaven.repo.local=" + localRepository(),
                "-cp", Path.of("target", "classes").toAbsolutePath() + System.getProperty("path.separator")
                        + Files.readString(Path.of("target", "cli.classpath")), Camel.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("camel.log").toFile()));
        builder.environment().put("IMSESSION_SERVER", GWS.url());
        builder.environment().put("IMSESSION_USER", "alice");
        builder.environment().put("IMSESSION_PASSWORD", "secret");
        return builder.start();
    }

    /** Where this build has the simulator from, there the CLI finds the component. */
    private static Path localRepository() throws URISyntaxException {
        Path jar = Path.of(GwsServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jar.getParent().getParent().getParent().getParent().getParent();
    }

    private static void copyRoutes() throws IOException {
        if (Files.exists(WORK)) {
            try (Stream<Path> old = Files.walk(WORK)) {
                old.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
            }
        }
        try (Stream<Path> routes = Files.walk(ROOT.resolve("routes"))) {
            for (Path file : routes.toList()) {
                Path copy = WORK.resolve(ROOT.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static void awaitText(String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path messages = WORK.resolve("data/im/messages/alice");
        while (!contains(messages, text)) {
            if (System.nanoTime() > end) {
                fail("the text did not arrive in " + messages + ":\n" + log());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean contains(Path folder, String text) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> read(file).contains(text));
        }
    }

    private static String log() {
        return read(WORK.resolve("camel.log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
