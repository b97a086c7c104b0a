package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.camel.position.SavedPosition;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The feed goes from one process to another and back, while the first one still writes an older position: what is kept
 * never becomes older.
 */
class FailBackTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMinutes(5)))
            .agent("alice", "secret");

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();

    /** One of the two processes. */
    private final class Node implements AutoCloseable {

        private final Path log;
        private final Process process;
        private final Writer commands;
        private final BufferedReader said;

        Node(String name) throws IOException {
            log = folder.resolve(name + ".log");
            process = ChildJvm.of(Standby.class, gws.url(), folder.toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            commands = process.outputWriter();
            said = process.inputReader();
            hears(Standby.Word.READY);
        }

        Node told(Standby.Word word) throws IOException {
            commands.write(word + "\n");
            commands.flush();
            return this;
        }

        void hears(Standby.Word word) throws IOException {
            String line;
            do {
                line = said.readLine();
            } while (line != null && !line.equals(word.name()));
            assertThat(line).as(() -> "it ended by itself: " + log()).isNotNull();
        }

        String log() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                return e.toString();
            }
        }

        void awaitInUse() {
            Awaitility.await().atMost(PATIENCE).until(() -> log().contains("in use by another process"));
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws Exception {
            kill();
        }
    }

    private void isDelivered(int events) {
        var session = gws.agent("alice").session();
        for (int i = 0; i < events; i++) {
            ledger.send(number -> session.says(String.valueOf(number)));
        }
        Awaitility.await().atMost(PATIENCE).until(() ->
                ledger.settle(folder.resolve("journal")).delivered() == ledger.sent());
    }

    private SavedPosition kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(each -> each.toString().endsWith(".session")).findFirst().orElseThrow();
            return SavedPosition.decode(Files.readString(file), "alice", gws.url().substring("http://".length()));
        }
    }

    private void isNewerThan(SavedPosition before) {
        Awaitility.await().atMost(PATIENCE).until(() -> kept().version() > before.version()
                && kept().position().end() > before.position().end());
    }

    private Node hangsInTheMiddleOfAWrite() throws Exception {
        Node one = new Node("one").told(Standby.Word.START);
        one.hears(Standby.Word.STARTED);
        assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).isTrue();
        isDelivered(5);
        Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        one.told(Standby.Word.HANG);
        isDelivered(1);
        one.hears(Standby.Word.HANGS);
        return one;
    }

    @Test
    void theNextOneWaitsForTheLastWriteOfTheOneThatHasStopped() throws Exception {
        try (Node one = hangsInTheMiddleOfAWrite(); Node two = new Node("two")) {
            SavedPosition before = kept();
            one.told(Standby.Word.STOP).hears(Standby.Word.STOPPED);
            two.told(Standby.Word.START);
            two.awaitInUse();
            one.told(Standby.Word.GO_ON);
            two.hears(Standby.Word.STARTED);
            isDelivered(5);
            isNewerThan(before);
            goesBack(two, one);
        }
        assertThat(ledger.settle(folder.resolve("journal")).gaps()).as("gaps").isZero();
    }

    /** Whether it has been waiting for that, or comes later. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theNextOneGoesOnIfTheOneThatWritesIsKilled(boolean waiting) throws Exception {
        try (Node one = hangsInTheMiddleOfAWrite(); Node two = new Node("two")) {
            SavedPosition before = kept();
            if (waiting) {
                two.told(Standby.Word.START);
                two.awaitInUse();
            }
            one.kill();
            if (!waiting) {
                two.told(Standby.Word.START);
            }
            isDelivered(5);
            isNewerThan(before);
            try (Node again = new Node("again")) {
                goesBack(two, again);
            }
        }
        assertThat(ledger.settle(folder.resolve("journal")).gaps()).as("gaps").isZero();
    }

    private void goesBack(Node from, Node to) throws Exception {
        SavedPosition before = kept();
        to.told(Standby.Word.START);
        from.told(Standby.Word.STOP);
        isDelivered(5);
        isNewerThan(before);
        Ledger.Sums sums = ledger.settle(folder.resolve("journal"));
        assertThat(sums.unmarked() + sums.outOfOrder()).as("unmarked twice, or out of order").isZero();
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session").isEqualTo(1);
    }
}
