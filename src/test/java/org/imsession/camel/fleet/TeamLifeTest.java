package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Suspending, stopping and leaving, for all agents of a team. */
class TeamLifeTest {

    private static final int AGENTS = 20;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();
    @TempDir
    private Path folder;
    private final AgentList team = new AgentList();

    private ListeningRoute listen(String... options) throws Exception {
        for (int i = 0; i < AGENTS; i++) {
            gws.agent("agent" + i, "secret");
            team.put("agent" + i, "secret");
        }
        String[] all = Stream.concat(Stream.of("password=", "agents=#team"), Stream.of(options)).toArray(String[]::new);
        ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getRegistry().bind("state", new FilePositionRepository(folder));
        }).add("listening", ListeningRoute.uri(gws, "team-a", all)).start();
        awaitLive(route);
        return route;
    }

    private static void awaitLive(ListeningRoute route) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == AGENTS
                && route.consumer().isResynchronised());
    }

    private List<Path> kept(String ending) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void aSuspendedTeamKeepsItsSessionsAndDeliversWhenItIsResumed() throws Exception {
        try (ListeningRoute route = listen()) {
            CamelContext context = route.context();
            context.getRouteController().suspendRoute("listening");
            gws.agent("late", "secret");
            team.put("late", "secret");
            assertThat(gws.agent("late").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            gws.agent("agent7").session().says("Hello");
            gws.agent("late").session().says("Hello");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getPendingEvents() >= 2);
            assertThat(route.inbox().restOfTexts()).isEmpty();
            context.getRouteController().resumeRoute("listening");
            assertThat(route.inbox().takeTexts(2)).containsExactly("Hello", "Hello");
        }
    }

    /** Each agent has the whole patience, but all at the same time. */
    @Test
    void stoppingATeamTakesNoLongerThanStoppingOneAgent() throws Exception {
        try (ListeningRoute route = listen("stopTimeout=1000")) {
            gws.faults().always(Step.DISCONNECT, new Fault.Hang());
            long before = System.nanoTime();
            route.context().getRouteController().stopRoute("listening");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(AGENTS / 2));
        }
    }

    @Test
    void aTeamThatStopsLeavesItsSessionsForTheNextStart() throws Exception {
        try (ListeningRoute route = listen("stateRepository=#state")) {
            route.context().getRouteController().stopRoute("listening");
            gws.agent("agent3").session().says("Hello");
            route.context().getRouteController().startRoute("listening");
            awaitLive(route);
            assertThat(route.inbox().takeText()).isEqualTo("Hello");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(AGENTS);
        }
    }

    @Test
    void whoIsRemovedIsLoggedOffAndNothingIsKeptOfIt() throws Exception {
        try (ListeningRoute route = listen("stateRepository=#state")) {
            gws.agent("agent3").session().says("Hello");
            assertThat(route.inbox().takeText()).isEqualTo("Hello");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> kept(".session").size() == AGENTS);
            team.remove("agent3");
            assertThat(gws.agent("agent3").awaitSubscribers(0, ListeningRoute.PATIENCE)).isTrue();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> kept(".session").size() == AGENTS - 1);
            team.put("agent3", "secret");
            awaitLive(route);
            gws.agent("agent3").session().says("Back");
            assertThat(route.inbox().takeText()).isEqualTo("Back");
            assertThat(route.consumer().getGaps()).as("nobody wanted what was said meanwhile").isZero();
        }
    }

    @Test
    void whoIsRemovedAndAddedAgainBeforeTheServerHasHeardOfItIsFollowed() throws Exception {
        try (ListeningRoute route = listen("stateRepository=#state", "stopTimeout=20000")) {
            ArmedFault goodbye = gws.faults().add(FaultRule.at(Step.DISCONNECT, new Fault.Hang()).forAgent("agent3"));
            team.remove("agent3");
            assertThat(goodbye.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            team.put("agent3", "secret");
            goodbye.clear();
            assertThat(gws.awaitRequest(Step.HANDSHAKE, AGENTS + 1, ListeningRoute.PATIENCE)).isTrue();
            awaitLive(route);
            gws.agent("agent3").session().says("Back");
            assertThat(route.inbox().takeText()).isEqualTo("Back");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> kept(".session").size() == AGENTS);
            assertThat(route.consumer().getGaps()).isZero();
        }
    }

    @Test
    void aPasswordThatIsChangedDuringALoginIsUsedByTheNext() throws Exception {
        gws.agent("late", "new");
        try (ListeningRoute route = listen()) {
            ArmedFault login = gws.faults().add(FaultRule.at(Step.LOGIN, new Fault.Hang()).forAgent(""));
            int before = gws.requests().count(Step.LOGIN);
            team.put("late", "old");
            assertThat(login.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            team.put("late", "new");
            login.clear();
            assertThat(gws.agent("late").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.requests().count(Step.LOGIN) - before).isEqualTo(2);
        }
    }
}
