package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several teams may name the same agent; the first decides how it is followed, and no other disturbs it. */
class SharedAgentsTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret-a").agent("bob", "secret-b");
    @RegisterExtension
    final LogLines log = new LogLines();
    private final AgentList first = new AgentList();
    private final AgentList second = new AgentList();

    private ListeningRoute listen(String... optionsOfTheSecond) throws Exception {
        String[] all = new String[optionsOfTheSecond.length + 2];
        all[0] = "password=";
        all[1] = "agents=#second";
        System.arraycopy(optionsOfTheSecond, 0, all, 2, optionsOfTheSecond.length);
        ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("first", first);
            context.getRegistry().bind("second", second);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#first"))
                .add("second", ListeningRoute.uri(gws, "team-b", all)).start();
        awaitLive(route.consumer(), 1);
        return route;
    }

    private static void awaitLive(IMSessionConsumer consumer, int agents) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> consumer.getLiveAgents() == agents
                && consumer.getAgents() == agents && consumer.isResynchronised());
    }

    private static String status(IMSessionConsumer consumer) {
        return consumer.agentState("alice");
    }

    private static List<String> rejected(IMSessionConsumer consumer) {
        return consumer.getRejectedEntries();
    }

    private void awaitBackAfterRestart(ListeningRoute route, int agents) throws Exception {
        gws.requests().clear();
        gws.restart();
        assertThat(gws.awaitRequest(Step.HANDSHAKE, agents, ListeningRoute.PATIENCE)).isTrue();
        awaitLive(route.consumer(), 1);
    }

    /** It used to be replaced, and the first team to be locked out with the next login. */
    @Test
    void aTeamDoesNotReplaceThePasswordThatAnotherLogsInWith() throws Exception {
        first.put("alice", "secret-a");
        second.put("alice", "mistyped").put("bob", "secret-b");
        try (ListeningRoute route = listen()) {
            IMSessionConsumer other = route.consumer("second");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> other.getLiveAgents() == 1
                    && other.getParkedAgents() == 1);
            assertThat(status(other)).contains("is followed already with other values of credentials");
            assertThat(rejected(other)).singleElement().asString().contains("alice");
            assertThat(log.with("IMS-013")).singleElement().asString().contains("team=team-b agent=alice");
            awaitBackAfterRestart(route, 2);
            second.put("alice", "secret-a");
            awaitLive(other, 2);
            assertThat(rejected(other)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aPasswordThatIsChangedInBothTeamsIsTheNewOneForBoth(boolean inOrder) throws Exception {
        first.put("alice", "secret-a");
        second.put("alice", "secret-a");
        try (ListeningRoute route = listen()) {
            awaitLive(route.consumer("second"), 1);
            gws.agent("alice", "new");
            (inOrder ? first : second).put("alice", "new");
            assertThat(rejected(route.consumer("second"))).hasSize(inOrder ? 0 : 1);
            assertThat(route.consumer("second").getLiveAgents()).as("followed on").isEqualTo(1);
            (inOrder ? second : first).put("alice", "new");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    rejected(route.consumer("second")).isEmpty());
            awaitBackAfterRestart(route, 1);
            awaitLive(route.consumer("second"), 1);
            assertThat(gws.requests().count(Step.LOGIN)).as("none with the old one").isEqualTo(1);
        }
    }

    @Test
    void aPasswordThatOnlyTheOtherTeamHasIsTakenWhenTheFirstLetsGo() throws Exception {
        first.put("alice", "secret-a");
        second.put("alice", "secret-a");
        try (ListeningRoute route = listen()) {
            awaitLive(route.consumer("second"), 1);
            second.put("alice", "new");
            gws.agent("alice", "new");
            first.remove("alice");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    rejected(route.consumer("second")).isEmpty());
            gws.restart();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer("second").getReconnects() == 1);
            awaitLive(route.consumer("second"), 1);
        }
    }

    /** Nobody used to follow an agent whose new team had looked before the old one let go. */
    @Test
    void anAgentWhoGoesToATeamWithOtherOptionsIsFollowedThereWhenTheOldOneLetsGo() throws Exception {
        first.put("alice", "secret-a");
        try (ListeningRoute route = listen("maxPending=7")) {
            IMSessionConsumer other = route.consumer("second");
            second.put("alice", "secret-a");
            assertThat(status(other)).contains("PARKED", "maxPending");
            String since = status(other);
            second.put("bob", "secret-b");
            assertThat(status(other)).as("parked since it was").isEqualTo(since);
            first.remove("alice");
            awaitLive(other, 2);
            assertThat(rejected(other)).isEmpty();
            gws.agent("alice").session().says("Hello");
            assertThat(route.inbox("second").takeText()).isEqualTo("Hello");
        }
    }

    @Test
    void anAgentOfARouteOfItsOwnIsFollowedByTheTeamWhenTheRouteStops() throws Exception {
        second.put("alice", "secret-a");
        try (ListeningRoute route = ListeningRoute.prepared().with(context ->
                context.getRegistry().bind("second", second))
                .add("listening", ListeningRoute.uri(gws, "alice", "password=secret-a"))
                .add("second", ListeningRoute.uri(gws, "team-b", "password=", "agents=#second", "maxPending=7"))
                .start()) {
            route.awaitState("LIVE");
            assertThat(route.consumer("second").getFeedState()).isEqualTo("PARKED");
            route.context().getRouteController().stopRoute("listening");
            awaitLive(route.consumer("second"), 1);
        }
    }
}
