package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readiness under {@code master:}: Camel's own check says UP of every such route that is started. Ours says of the
 * leader how its agents are, and of a node that stands by that it does.
 */
class SharedTeamHealthTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");
    @TempDir
    private Path folder;
    private final AgentList team = new AgentList().put("alice", "secret").put("bob", "secret");
    private Cluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = Cluster.Kind.ZOOKEEPER.open();
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private Contender start(String name) throws Exception {
        return start(name, "agents=#team", false);
    }

    private Contender start(String name, String agents, boolean supervised) throws Exception {
        return Contender.start(name, cluster, ListeningRoute.uri(gws, "team-a", "password=", agents),
                context -> prepare(context, supervised));
    }

    private void prepare(DefaultCamelContext context, boolean supervised) {
        context.getRegistry().bind("team", team);
        if (supervised) {
            context.getRouteController().supervising().setInitialDelay(10);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void theLeaderSaysHowItsAgentsAre(boolean supervised) throws Exception {
        try (Contender one = start("one", "agents=#team", supervised)) {
            one.awaitHealth("leader", HealthCheck.State.UP);
            assertThat(one.readiness().getDetails()).containsEntry("team", "team-a").containsEntry("agents", 2)
                    .containsEntry("agents.LIVE", 2);
            team.put("bob", "wrong").put("mallory", "wrong");
            one.awaitHealth("leader", HealthCheck.State.DOWN);
            assertThat(one.readiness().getDetails().get("notLive.1").toString()).startsWith("agent mallory ");
        }
    }

    @Test
    void theLeaderOfOneAgentSaysHowTheAgentIs() throws Exception {
        try (Contender one = Contender.start("one", cluster, ListeningRoute.uri(gws, "alice"), context -> { })) {
            one.awaitHealth("leader", HealthCheck.State.UP);
            assertThat(one.readiness().getDetails()).containsEntry("agent", "alice").containsEntry("state", "LIVE");
        }
    }

    @Test
    void aNodeThatStandsByIsReadySaysSoAndClaimsNoAgent() throws Exception {
        try (Contender one = start("one")) {
            one.awaitHealth("leader", HealthCheck.State.UP);
            try (Contender two = start("two")) {
                assertThat(two.readiness().getState()).isEqualTo(HealthCheck.State.UP);
                assertThat(two.readiness().getMessage().orElseThrow()).contains("Stands by");
                assertThat(two.readiness().getDetails()).containsEntry("role", "standby")
                        .doesNotContainKeys("team", "agents", "agents.LIVE", "state");
                one.close();
                two.awaitHealth("leader", HealthCheck.State.UP);
                assertThat(two.readiness().getDetails()).containsEntry("agents.LIVE", 2);
            }
        }
    }

    @Test
    void aLeaderThatCannotStartToFollowIsDownAndSaysWhy() throws Exception {
        try (Contender one = start("one", "agents=file:" + folder.resolve("nobody"), false)) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(one.readiness().getMessage().orElse("")).contains("leads, but follows nobody")
                            .contains(folder.resolve("nobody") + " does not exist"));
            assertThat(one.readiness().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(one.readiness().getDetails()).containsEntry("role", "leader");
        }
    }
}
