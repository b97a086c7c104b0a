package com.example.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code camel run chats.yaml ...} of the manual: a Kamelet in three lines, which goes on after a kill -9. */
class KameletCommandTest {

    private static final Path MANUAL = Path.of(System.getProperty("root")).resolve("src/main/docs/runtimes.md");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMinutes(10)))
            .agent("alice", "secret");

    @TempDir
    Path folder;

    @Test
    void aRouteOfThreeLinesGoesOnAfterAKill() throws Exception {
        Files.writeString(folder.resolve("chats.yaml"), manual("(?s)```yaml\\n(- from:\\n    uri: kamelet:.*?)```"));
        Files.writeString(folder.resolve("alice"), "secret");
        Files.writeString(folder.resolve("application.properties"), "camel.kamelet.im-source.serverUrl = " + gws.url()
                + "\ncamel.kamelet.im-source.passwordFile = alice\n");
        Process first = start();
        try {
            awaitSubscribed(first);
            gws.agent("alice").session().says("before");
            awaitText("before", first);
        } finally {
            kill(first);
        }
        gws.agent("alice").session().says("while it was away");
        Process second = start();
        try {
            awaitText("while it was away", second);
            assertEquals(1, gws.requests().count(Step.HANDSHAKE), "one session");
            assertFalse(written().contains("FeedGap"), written());
        } finally {
            kill(second);
        }
    }

    private static String manual(String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(MANUAL));
        assertTrue(found.find(), pattern);
        return found.group(1);
    }

    private Process start() throws Exception {
        return ReadmeCommandTest.start(ReadmeCommandTest.ofThisBuild(manual("`camel (run chats.yaml [^`]*)`")), folder);
    }

    /** The CLI may have started a process for the route. */
    private static void kill(Process cli) throws InterruptedException {
        cli.descendants().forEach(ProcessHandle::destroyForcibly);
        cli.destroyForcibly().waitFor();
    }

    private void awaitSubscribed(Process cli) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ReadmeCommandTest.PATIENCE_SECONDS);
        while (!gws.agent("alice").awaitSubscribed(Duration.ofSeconds(1))) {
            endIfHopeless(cli, end);
        }
    }

    private void awaitText(String text, Process cli) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ReadmeCommandTest.PATIENCE_SECONDS);
        while (!written().contains(text)) {
            endIfHopeless(cli, end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void endIfHopeless(Process cli, long end) throws IOException {
        if (!cli.isAlive() || System.nanoTime() > end) {
            fail(Files.readString(folder.resolve("camel.log")));
        }
    }

    private String written() throws IOException {
        Path file = folder.resolve("texts/all.jsonl");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
