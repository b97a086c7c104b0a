package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row F45 with a disk that really is full. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a small disk of its own is made by means of Linux")
class RealFullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();

    private void listenTo(Process process) {
        Thread reader = new Thread(() -> {
            try (BufferedReader out = process.inputReader()) {
                out.lines().forEach(said::add);
            } catch (IOException | UncheckedIOException e) {
                said.add("ended: " + e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private void awaitLine(String line, int from) {
        Awaitility.await().atMost(PATIENCE).until(() -> said.stream().skip(from).anyMatch(line::equals));
    }

    private static List<String> warnings(Path log) throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.contains("IMS-008")).toList();
    }

    /** Every other position finds room on a full disk, since the one before it is deleted; that filled the log. */
    @Test
    void aFullDiskCostsTheResumptionAsLongAsItIsFullAndNotTheFeed() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path log = folder.resolve("log");
        List<String> java = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DiskUser.class.getName(), gws.url(), disk.toString());
        try (SmallDisk small = new SmallDisk(disk, log, java)) {
            listenTo(small.process());
            awaitLine("RESUMABLE true", 0); // from the handshake on, the subscription may come later
            assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).isTrue();
            var session = gws.agent("alice").session().says("one");
            awaitLine("HEARD one", 0);
            small.fill();
            int full = said.size();
            for (String text : new String[] { "two", "three", "four" }) {
                session.says(text);
                awaitLine("HEARD " + text, full);
            }
            awaitLine("RESUMABLE false", full);
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            small.clear();
            int free = said.size();
            session.says("five");
            awaitLine("HEARD five", free);
            awaitLine("RESUMABLE true", free);
            for (String text : new String[] { "six", "seven", "eight" }) {
                session.says(text);
                awaitLine("HEARD " + text, free);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> warnings(log).size() == 2);
            System.out.println("the disk was a " + small.kind());
        }
        assertThat(said).as("gaps").doesNotContain("GAP");
        assertThat(said.stream().filter(line -> line.startsWith("HEARD"))).as("each once, in order").containsExactly(
                "HEARD one", "HEARD two", "HEARD three", "HEARD four", "HEARD five", "HEARD six", "HEARD seven",
                "HEARD eight");
        assertThat(warnings(log)).as("warned once, over once").hasSize(2)
                .first().asString().containsAnyOf("No space left", "File too large");
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }
}
