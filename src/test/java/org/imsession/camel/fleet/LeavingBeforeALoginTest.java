package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who waits for a turn to log in again, and stops or leaves meanwhile, used to log in all the same. */
class LeavingBeforeALoginTest {

    private static final List<String> AGENTS = IntStream.range(0, 12).mapToObj(i -> "agent" + i).toList();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("busy", "secret").agent("last", "secret");
    private final AgentList team = new AgentList();

    @BeforeEach
    void add() {
        AGENTS.forEach(agent -> {
            gws.agent(agent, "secret");
            team.put(agent, "secret");
        });
    }

    /** All have lost their login and wait for their turn, for somebody else has the only place. */
    private ListeningRoute waiting() throws Exception {
        ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getComponent("imsession", IMSessionComponent.class).setConcurrentLogins(1);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team")).start();
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                route.consumer().getLiveAgents() == AGENTS.size() && route.consumer().isResynchronised());
        gws.requests().clear();
        gws.faults().always(Step.LOGIN, new Fault.Hang());
        route.add("busy", ListeningRoute.uri(gws, "busy", "requestTimeout=60000"));
        assertThat(gws.awaitRequest(Step.LOGIN, 1, ListeningRoute.PATIENCE)).isTrue();
        for (String agent : AGENTS) {
            assertThat(gws.agent(agent).awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            gws.agent(agent).expireHttpSession();
            gws.agent(agent).answerHeldConnect();
        }
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(
                () -> route.consumer().getFeedState(), "RECONNECTING"::equals);
        return route;
    }

    /** Turns come in order, so when it is the turn of the last, those before have had theirs. */
    private void assertNobodyButTheLastLogsIn() throws Exception {
        gws.faults().clear();
        assertThat(gws.agent("last").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
        assertThat(gws.requests().count(Step.LOGIN)).as("the busy one and the last").isEqualTo(2);
    }

    @Test
    void aRouteThatIsStoppedSendsNoMoreLogins() throws Exception {
        try (ListeningRoute route = waiting()) {
            route.context().getRouteController().stopRoute("listening");
            route.add("last", ListeningRoute.uri(gws, "last"));
            assertNobodyButTheLastLogsIn();
        }
    }

    @Test
    void theCredentialOfAnAgentWhoHasLeftTheTeamIsNotSent() throws Exception {
        try (ListeningRoute route = waiting()) {
            AGENTS.forEach(team::remove);
            team.put("last", "secret");
            assertNobodyButTheLastLogsIn();
        }
    }

    @Test
    void aRouteThatStartsAgainHasAllItsAgents() throws Exception {
        try (ListeningRoute route = waiting()) {
            route.context().getRouteController().stopRoute("listening");
            gws.faults().clear();
            route.context().getRouteController().startRoute("listening");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getLiveAgents() == AGENTS.size());
        }
    }
}
