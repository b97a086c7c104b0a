package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With one login at a time, one that is never given back would keep all others out for ever. */
class LoginTurnsTest {

    private static final int GOOD = 5;
    private static final int MANY = 8;
    private static final int AT_ONCE = 2;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();
    private final AgentList team = new AgentList();

    private ListeningRoute listen() throws Exception {
        gws.agent("refused", "secret");
        team.put("refused", "wrong");
        for (int i = 0; i < GOOD; i++) {
            gws.agent("good" + i, "secret");
            team.put("good" + i, "secret");
        }
        return ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getComponent("imsession", IMSessionComponent.class).setConcurrentLogins(1);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team", "requestTimeout=500"))
                .start();
    }

    private static void awaitAllGood(ListeningRoute route) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == GOOD);
    }

    @Test
    void aLoginThatIsLostOrRefusedMakesRoomForTheNext() throws Exception {
        gws.faults().once(Step.LOGIN, new Fault.Hang());
        gws.faults().once(Step.HANDSHAKE, new Fault.Hang());
        try (ListeningRoute route = listen()) {
            awaitAllGood(route);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getParkedAgents() == 1);
            gws.restart();
            route.inbox().takeGap();
            awaitAllGood(route);
        }
    }

    /** After a restart all have lost cookies and sessions: each logs in within its old session, then shakes hands. */
    @Test
    void noMoreShakeHandsAtTheSameTimeThanMayAfterARestartEither() throws Exception {
        for (int i = 0; i < MANY; i++) {
            gws.agent("agent" + i, "secret");
            team.put("agent" + i, "secret");
        }
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getComponent("imsession", IMSessionComponent.class).setConcurrentLogins(AT_ONCE);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team")).start()) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == MANY
                    && route.consumer().isResynchronised());
            gws.requests().clear();
            gws.faults().always(Step.HANDSHAKE, new Fault.Delay(Duration.ofMillis(400)));
            gws.restart();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getReconnects() == MANY && route.consumer().getLiveAgents() == MANY);
            List<Instant> begun = gws.requests().requests(Step.HANDSHAKE).stream().map(RecordedRequest::time).sorted()
                    .toList();
            assertThat(begun).hasSize(MANY);
            for (int i = AT_ONCE; i < MANY; i++) {
                assertThat(Duration.between(begun.get(i - AT_ONCE), begun.get(i)))
                        .as("one has ended before the next began").isGreaterThan(Duration.ofMillis(350));
            }
        }
    }

    @Test
    void anAgentWhoLeavesInTheMiddleOfALoginMakesRoomForTheNext() throws Exception {
        try (ListeningRoute route = listen()) {
            awaitAllGood(route);
            var hanging = gws.faults().always(Step.LOGIN, new Fault.Hang());
            gws.requests().clear();
            gws.agent("leaver", "secret").agent("comer", "secret");
            team.put("leaver", "secret");
            assertThat(gws.awaitRequest(Step.LOGIN, 1, ListeningRoute.PATIENCE)).isTrue();
            team.remove("leaver");
            hanging.clear();
            team.put("comer", "secret");
            assertThat(gws.agent("comer").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
        }
    }
}
