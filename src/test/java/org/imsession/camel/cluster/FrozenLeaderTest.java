package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leader that stands still, and not dead, is deposed by ZooKeeper: two nodes believe to lead. The lock on the session
 * decides, so that no event comes to both.
 */
class FrozenLeaderTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(60)))
            .agent("alice", "secret");

    @TempDir
    Path shared;

    @Test
    void whileADeposedLeaderHoldsTheSessionTheNextOneWaits() throws Exception {
        try (Cluster cluster = Cluster.Kind.ZOOKEEPER.open();
             Node one = Node.start("one", shared, gws, cluster, Map.of())) {
            one.awaitStarted();
            assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(30))).as(one::log).isTrue();
            try (Texts texts = new Texts(gws, "alice", shared);
                 Node two = Node.start("two", shared, gws, cluster, Map.of())) {
                two.awaitStarted();
                texts.awaitAt(one);
                one.freeze();
                Awaitility.await().atMost(Duration.ofSeconds(40)).until(() ->
                        two.log().contains("in use by another process"));
                one.thaw();
                texts.awaitAnywhere();
                one.kill();
                texts.awaitAt(two);
                Ledger.Sums sums = texts.end();
                assertThat(sums.delivered()).as("delivered").isEqualTo(sums.sent());
                assertThat(sums.unmarked()).as("came to both").isZero();
                assertThat(sums.gaps()).as("gaps").isZero();
            }
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session").isEqualTo(1);
    }
}
