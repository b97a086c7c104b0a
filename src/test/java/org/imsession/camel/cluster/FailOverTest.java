package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes, one agent, the server's usual maxInterval of 10 seconds. Whoever follows the agent is stopped, or killed,
 * while events flow, and the other goes on with the same session; every event is accounted for by number.
 */
class FailOverTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    Path shared;

    @ParameterizedTest
    @EnumSource
    void aHandOverAndAKilledLeaderLoseNothing(Cluster.Kind kind) throws Exception {
        try (Cluster cluster = kind.open(); Node one = start("one", cluster)) {
            one.awaitStarted();
            assertThat(gws.agent("alice").awaitSubscribed(Duration.ofSeconds(20))).as(one::log).isTrue();
            String clientId = gws.agent("alice").clientIds().get(0);
            try (Texts texts = new Texts(gws, "alice", shared); Node two = start("two", cluster)) {
                two.awaitStarted();
                texts.awaitAt(one);
                one.stop();
                texts.awaitAt(two);
                try (Node three = start("three", cluster)) {
                    three.awaitStarted();
                    two.kill();
                    texts.awaitAt(three);
                    Ledger.Sums sums = texts.end();
                    System.out.println(kind + ": " + sums);
                    assertThat(sums.delivered()).as("delivered").isEqualTo(sums.sent());
                    assertThat(sums.unmarked()).as("again without a mark, or with another sequence").isZero();
                    assertThat(sums.outOfOrder()).as("out of order").isZero();
                    assertThat(sums.gaps()).as("gaps").isZero();
                }
            }
            assertThat(gws.agent("alice").clientIds()).as("one session for all nodes").containsExactly(clientId);
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    private Node start(String name, Cluster cluster) throws Exception {
        return Node.start(name, shared, gws, cluster, Map.of());
    }
}
