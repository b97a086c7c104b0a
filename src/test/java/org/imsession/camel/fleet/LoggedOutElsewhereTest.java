package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row F35 of the fault matrix: what ends the login of one agent is that agent's affair alone. */
class LoggedOutElsewhereTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private ListeningRoute listen() throws Exception {
        AgentList team = new AgentList().put("alice", "secret").put("bob", "secret");
        ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("team", team))
                .add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team")).start();
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 2
                && route.consumer().isResynchronised());
        for (String agent : new String[] { "alice", "bob" }) {
            assertThat(gws.agent(agent).awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
        }
        return route;
    }

    private void logOut(String agent) {
        gws.agent(agent).expireHttpSession();
        gws.agent(agent).answerHeldConnect();
    }

    private void assertUndisturbed(ListeningRoute route, String agent) throws Exception {
        gws.agent(agent).session().says("Hello " + agent);
        assertThat(route.inbox().takeText()).isEqualTo("Hello " + agent);
        assertThat(gws.requests().count(Step.LOGIN, agent)).isEqualTo(1);
        assertThat(gws.requests().count(Step.HANDSHAKE, agent)).isEqualTo(1);
    }

    @Test
    void whoMayLogInAgainDoesAndTheOthersNoticeNothing() throws Exception {
        try (ListeningRoute route = listen()) {
            logOut("alice");
            gws.agent("alice").session().says("Hello again");
            assertThat(route.inbox().takeText()).isEqualTo("Hello again");
            assertThat(gws.requests().count(Step.LOGIN, "alice")).isEqualTo(2);
            assertUndisturbed(route, "bob");
            assertThat(route.consumer().getGaps()).isZero();
        }
    }

    @Test
    void whoMayNotIsParkedAndNamedAndTheOthersNoticeNothing() throws Exception {
        try (ListeningRoute route = listen()) {
            gws.faults().add(FaultRule.at(Step.LOGIN, Fault.accessDenied()).forAgent("alice").always());
            logOut("alice");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getParkedAgents() == 1);
            assertThat(route.consumer().getFeedState()).isEqualTo("LIVE=1 PARKED=1");
            assertThat(route.health().getDetails().get("notLive.1").toString())
                    .startsWith("agent alice at ").contains(" receives nothing since ", ", state=PARKED ");
            assertUndisturbed(route, "bob");
        }
    }
}
