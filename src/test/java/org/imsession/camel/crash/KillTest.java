package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sentence 4 of the delivery contract: a process that is killed at the worst moment, again and again while events flow,
 * continues where it was, and every event is accounted for by number. {@code -Dimsession.kills=25} is the default.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("imsession.kills", 25);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(60)))
            .agent("alice", "secret");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aKilledProcessContinuesWhereItWas(KillPoint point) throws Exception {
        Ledger ledger = new Ledger();
        Random random = new Random(point.ordinal());
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try {
            Process first = victim(KillPoint.NONE, 0);
            assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(60))).isTrue();
            var session = gws.agent("alice").session().talks();
            sender.scheduleWithFixedDelay(() -> ledger.send(number -> session.says(String.valueOf(number))),
                    0, 5, TimeUnit.MILLISECONDS);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ledger.settle(journal()).delivered() > 20);
            first.destroyForcibly().waitFor();
            for (int kill = 0; kill < KILLS; kill++) {
                Process victim = victim(point, 1 + random.nextInt(12));
                awaitReady(victim);
                victim.destroyForcibly().waitFor();
            }
            Process last = victim(KillPoint.NONE, 0);
            sender.shutdown();
            assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200))
                    .until(() -> ledger.settle(journal()).delivered() >= ledger.sent()
                            && gws.agent("alice").queued() == 0);
            last.destroyForcibly().waitFor();
        } finally {
            sender.shutdownNow();
        }
        Ledger.Sums sums = ledger.settle(journal());
        System.out.println(point + " killed " + KILLS + " times: " + sums);
        assertThat(sums.unaccounted()).as("unaccounted for").isZero();
        assertThat(sums.unmarked()).as("again without a mark, or with another sequence").isZero();
        assertThat(sums.outOfOrder()).as("out of order").isZero();
        assertThat(sums.gaps()).as("gaps within maxInterval").isZero();
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session for all processes").isEqualTo(1);
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    private Process victim(KillPoint point, int passes) throws IOException {
        return VictimProcess.start(gws.url(), folder, point, passes, "");
    }

    private void awaitReady(Process victim) throws Exception {
        try (BufferedReader out = victim.inputReader()) {
            String line;
            do {
                line = out.readLine();
            } while (line != null && !line.equals(Victim.READY));
            assertThat(line).as(() -> "the victim ended by itself: " + VictimProcess.log(folder)).isNotNull();
        }
    }
}
