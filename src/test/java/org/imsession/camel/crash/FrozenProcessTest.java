package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row F42: a process that stands still longer than the server waits for it. The last answer, made before the session
 * was given up, lies in its socket meanwhile: what the server got behind it is in the gap all the same.
 */
class FrozenProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(5)))
            .agent("alice", "secret");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aFrozenProcessGoesOnWithOneGapWhenItThaws(boolean acknowledging) throws Exception {
        Ledger ledger = new Ledger();
        Path journal = folder.resolve("journal");
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        Process victim = VictimProcess.start(gws.url(), folder, KillPoint.NONE, 0, "&acknowledge=" + acknowledging);
        try {
            assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).isTrue();
            var session = gws.agent("alice").session().talks();
            sender.scheduleWithFixedDelay(() -> ledger.send(number -> session.says(String.valueOf(number))),
                    0, 10, TimeUnit.MILLISECONDS);
            Awaitility.await().atMost(PATIENCE).until(() -> ledger.settle(journal).delivered() > 20);
            ChildJvm.freeze(victim);
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").clientIds().isEmpty());
            int missed = ledger.sent();
            Awaitility.await().atMost(PATIENCE).until(() -> ledger.sent() > missed + 20);
            ChildJvm.thaw(victim);
            Awaitility.await().atMost(PATIENCE).until(() -> ledger.settle(journal).gaps() > 0);
            int again = ledger.sent();
            Awaitility.await().atMost(PATIENCE).until(() -> ledger.sent() > again + 20);
            sender.shutdown();
            assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> ledger.settle(journal).unaccounted() == 0);
            Ledger.Sums sums = ledger.settle(journal);
            assertThat(sums.gaps()).as("gaps").isEqualTo(1);
            assertThat(sums.inGaps()).as("lost, and told so").isGreaterThan(20);
            assertThat(sums.again() + sums.outOfOrder()).as("twice or out of order").isZero();
            assertThat(victim.isAlive()).as(() -> VictimProcess.log(folder)).isTrue();
        } finally {
            sender.shutdownNow();
            victim.destroyForcibly().waitFor();
        }
    }
}
