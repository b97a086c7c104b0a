package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dead node is missed after three seconds at the earliest: later than a server with this maxInterval waits. */
class LateTakeOverTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMillis(2500)))
            .agent("alice", "secret");

    @TempDir
    Path shared;

    @ParameterizedTest
    @EnumSource
    void aLeaderThatIsMissedTooLateCostsExactlyOneGap(Cluster.Kind kind) throws Exception {
        Map<String, String> heartbeat = Map.of("camel.component.imsession.keep-alive", "300");
        try (Cluster cluster = kind.open();
             Node one = Node.start("one", shared, gws, cluster, heartbeat)) {
            one.awaitStarted();
            assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(30))).as(one::log).isTrue();
            try (Texts texts = new Texts(gws, "alice", shared);
                 Node two = Node.start("two", shared, gws, cluster, heartbeat)) {
                two.awaitStarted();
                texts.awaitAt(one);
                one.kill();
                texts.awaitAt(two);
                Ledger.Sums sums = texts.end();
                assertThat(sums.gaps()).as("gaps").isEqualTo(1);
                assertThat(sums.inGaps()).as("lost, and told so").isPositive();
                assertThat(sums.unaccounted()).as("unaccounted for").isZero();
                assertThat(sums.outOfOrder()).as("out of order").isZero();
            }
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(2);
    }
}
