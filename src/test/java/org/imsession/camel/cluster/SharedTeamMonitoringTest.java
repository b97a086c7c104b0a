package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.util.json.JsonObject;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What JMX, the dev console and meters show under {@code master:}: the agents on the leader, the role on both. */
class SharedTeamMonitoringTest {

    private static final String OURS = "IMSessionConsumer";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");
    private final AgentList team = new AgentList().put("alice", "secret").put("bob", "secret");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Cluster cluster;
    private Contender leader;
    private Contender standby;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.Kind.ZOOKEEPER.open();
        leader = start("one");
        leader.awaitHealth("leader", HealthCheck.State.UP);
        standby = start("two");
    }

    @AfterEach
    void close() throws Exception {
        standby.close();
        leader.close();
        cluster.close();
    }

    private Contender start(String name) throws Exception {
        return Contender.start(name, cluster, ListeningRoute.uri(gws, "team-a", "password=", "agents=#team"),
                context -> {
                    context.getRegistry().bind("team", team);
                    context.getRegistry().bind("meters", meters);
                });
    }

    @Test
    void jmxShowsTheAgentsOnTheLeaderAndOnlyThere() throws Exception {
        assertThat(leader.attribute("MasterConsumer", "Master")).isEqualTo(true);
        assertThat(leader.attribute(OURS, "RouteId")).isEqualTo("team-a");
        assertThat(leader.attribute(OURS, "LiveAgents")).isEqualTo(2);
        assertThat(standby.attribute("MasterConsumer", "Master")).isEqualTo(false);
        assertThat(standby.consumers(OURS)).isEmpty();
    }

    @Test
    void jmxForgetsTheAgentsWithTheLeadershipAndTheNextLeaderShowsThem() throws Exception {
        leader.route().context().getRouteController().stopRoute("team-a");
        assertThat(leader.consumers(OURS)).as("also if the stop was forced, as it is here with Camel 4.14").isEmpty();
        standby.awaitHealth("leader", HealthCheck.State.UP);
        assertThat(standby.attribute(OURS, "LiveAgents")).isEqualTo(2);
    }

    @Test
    void theDevConsoleShowsTheTeamOnTheLeaderAndTheRoleOnBoth() {
        assertThat((String) leader.console(DevConsole.MediaType.TEXT)).contains("agent=alice").contains("agent=bob")
                .contains("team=team-a route=team-a agents=2").contains("route=team-a follows=team-a role=leader");
        assertThat((String) standby.console(DevConsole.MediaType.TEXT)).isEqualTo(
                "route=team-a follows=team-a role=standby\n");
        JsonObject json = (JsonObject) standby.console(DevConsole.MediaType.JSON);
        assertThat(json.get("feeds")).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
        assertThat(json.get("teams")).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
        assertThat((JsonObject) json.getCollection("shared").iterator().next()).containsEntry("role", "standby");
    }

    @Test
    void metersNameTheRoute() {
        assertThat(meters.get("imsession.agents").tags("route", "team-a", "state", "live").gauge().value())
                .isEqualTo(2);
    }
}
