package com.example.chats;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged application and the sample routes as they are, started by the command of the manual. */
class SampleRoutesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path WRITTEN = Path.of(System.getProperty("written"));

    private static final String MESSAGES = System.getProperty("messages");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private Process application;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(WRITTEN);
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.config.locations=routes/application.properties", "-Dim.observe=false",
                "-Dcamel.main.routesIncludePattern=file:routes/xml/*.xml,file:routes/yaml/*.yaml",
                // beyond the manual: what is written stays in target, and messages go to the broker, too
                "-Dim.file.dir=" + WRITTEN.resolve("im"), "-Dim.state-dir=" + WRITTEN.resolve("sessions"),
                "-Dim.jms.data-dir=" + WRITTEN.resolve("broker"),
                "-Dim.to.messages=" + MESSAGES,
                "-jar", System.getProperty("application")));
        command.directory(Path.of(System.getProperty("home")).toFile());
        command.environment().put("IMSESSION_SERVER", gws.url());
        command.environment().put("IMSESSION_USER", "alice");
        command.environment().put("IMSESSION_PASSWORD", "secret");
        command.redirectErrorStream(true).redirectOutput(WRITTEN.resolve("application.log").toFile());
        application = command.start();
    }

    @AfterEach
    void kill() {
        application.destroyForcibly();
    }

    @Test
    void textsGoToFilesAndToTheBrokerAndTheStopIsClean() throws Exception {
        assertTrue(gws.agent("alice").awaitSubscribed(SOON), log());
        String text = "Hello " + System.nanoTime();

        gws.agent("alice").session().says(text);

        await().atMost(SOON).until(() -> written("im/messages", text));        // by XML
        assertEquals(MESSAGES.contains("jms"), written("broker", text), log());   // by Java
        assertTrue(log().contains("mapper: {\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":\"/im-sessions/7\","
                + "\"message\":\"Hi\"}"), log());
        application.destroy();
        assertTrue(application.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), log());
        assertTrue(log().contains("STOPPING -> STOPPED"), log());
        assertFalse(log().contains(" ERROR "), log());
        assertEquals(143, application.exitValue());
    }

    /** Whether a file below that folder has this text in it. */
    private static boolean written(String folder, String text) {
        if (!Files.isDirectory(WRITTEN.resolve(folder))) {
            return false;
        }
        try (Stream<Path> files = Files.walk(WRITTEN.resolve(folder))) {
            return files.filter(Files::isRegularFile).anyMatch(file -> read(file).contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String log() {
        return read(WRITTEN.resolve("application.log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
