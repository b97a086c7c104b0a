package com.example.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As who has unpacked it in a folder whose name has spaces, and calls it from another one. */
class DistributionTest {

    private static final String LIVE = "SUBSCRIBING -> LIVE";

    @TempDir
    private Path folder;
    private Path elsewhere;
    private Path user;
    private Installation installation;
    private Running simulator;
    private Map<String, String> settings;
    private int observed;

    @BeforeEach
    void unpack() throws IOException {
        installation = Installation.unpack(Files.createDirectory(folder.resolve("a folder of one's own")));
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        user = Files.createDirectory(folder.resolve("home"));
        simulator = run("simulator.txt", "gws-simulator", "--scenario", "chat", "--port", "0");
        String url = address(simulator);
        try (ServerSocket free = new ServerSocket(0)) {
            observed = free.getLocalPort();
        }
        settings = new HashMap<>(Map.of("IMSESSION_SERVER", url, "IMSESSION_USER", "alice", "IMSESSION_PASSWORD", "secret",
                "IMSESSION_JAVA_OPTS", "-Dim.observe.port=" + observed));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void whatIsHeardIsInItsFoldersAndAStopIsNoFailure() throws Exception {
        Set<String> before = Installation.namesIn(installation.home());
        long begun = System.nanoTime();
        try (Running routes = start(List.of(installation.command("imsession")))) {
            routes.awaitPrinted(LIVE);
            Files.writeString(Path.of("target", "table.md"), "LIVE " + Duration.ofNanos(System.nanoTime() - begun).toMillis()
                    + " ms after `bin/imsession`\n\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            routes.awaitTrue("an event in a file", () -> !filesIn("data/im").isEmpty());
            // events come while Camel still starts other routes, and until it has, the health is DOWN
            routes.awaitTrue("health", () -> status("/observe/health") == 200);
            routes.awaitTrue("meters", () -> status("/observe/metrics") == 200);
            assertThat(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), "" + routes.pid())).doesNotExist();
            assertThat(routes.stop()).isZero();
        }
        assertThat(simulator.stop()).isZero();
        assertThat(installation.read("log/imsession.log").lines()).filteredOn(each -> each.contains(LIVE))
                .isNotEmpty().doesNotHaveDuplicates()
                .allMatch(each -> each.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.\\d{3}\\S+ INFO .*"));
        Set<String> made = Installation.namesIn(installation.home());
        made.removeAll(before);
        assertThat(made).containsExactly("data", "log");
        assertThat(user).isEmptyDirectory();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(installation.home().resolve("log/imsession.log"))).hasSize(2);
    }

    /** An incident from end to end: recorded behind one installation, played to another one. */
    @Test
    void whatTheRecorderHasWrittenIsPlayedBack() throws Exception {
        Path file = folder.resolve("incident.jsonl");
        try (Running recorder = run("recorder.txt", "gws-recorder", "--to", settings.get("IMSESSION_SERVER"), "--port", "0",
                "--file", file.toString())) {
            settings.put("IMSESSION_SERVER", address(recorder));
            try (Running routes = start(List.of(installation.command("imsession")))) {
                routes.awaitTrue("a message", () -> !filesIn("data/im/messages/alice").isEmpty());
            }
            assertThat(recorder.stop()).isZero();
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(file).content().contains("\"steps\":[\"SUBSCRIBE\"]")
                .doesNotContainPattern("(?i)\\b(alice|bob|secret)\\b");
        try (Running replay = run("replay.txt", "gws-simulator", "--replay", file.toString(), "--fast", "--port", "0")) {
            settings.putAll(Map.of("IMSESSION_SERVER", address(replay), "IMSESSION_USER", "whoever"));
            try (Running routes = start(List.of(installation.command("imsession")))) {
                routes.awaitTrue("a message", () -> !filesIn("data/im/messages/whoever").isEmpty());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "IMSESSION_USER, set the variable that names the agent (IMSESSION_USER in the sample settings)",
            "IMSESSION_SERVER, (IMSESSION_SERVER in the sample settings)",
            "IMSESSION_PASSWORD, the environment variable IMSESSION_PASSWORD is not set" })
    void aStartThatFailsSaysWhyInOneLine(String unset, String remedy) throws Exception {
        settings.remove(unset);
        try (Running routes = start(List.of(installation.command("imsession")))) {
            assertThat(routes.awaitEnd()).isEqualTo(1);
            assertThat(routes.printed().lines()).last().asString().startsWith("imsession: not started: ").contains(remedy);
        }
    }

    private Running run(String printed, String command, String... options) throws IOException {
        return Running.start(elsewhere, folder.resolve(printed), user, Map.of(),
                Stream.concat(Stream.of(installation.command(command)), Stream.of(options)).toList());
    }

    /** The first that it prints, once it listens. */
    private static String address(Running server) {
        server.awaitPrinted("Stop it with");
        return server.printed().lines().findFirst().orElseThrow().replaceAll(".*(http://[^, ]+).*", "$1");
    }

    private Running start(List<String> command) throws IOException {
        return Running.start(elsewhere, folder.resolve("routes.txt"), user, settings, command);
    }

    private int status(String path) throws InterruptedException {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + observed + path))
                    .build(), BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            return -1;
        }
    }

    private List<Path> filesIn(String name) throws IOException {
        Path in = installation.home().resolve(name);
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(in)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return List.of(); // one has just gone; whoever waits looks again
        }
    }
}
