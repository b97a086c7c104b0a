package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.AgentList;
import org.imsession.camel.spi.Roster;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A route is not ready before it knows whom to follow; that this is nobody is an answer, too. */
class UnknownTeamTest {

    private static final String UNKNOWN = "the directory has not told who is in the team yet";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();

    private ListeningRoute with(AgentDirectory directory) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("team", directory))
                .add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team"));
    }

    private static void assertUnknown(HealthCheck.Result health) {
        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getMessage()).hasValue(UNKNOWN);
        assertThat(health.getDetails()).containsEntry("directory", UNKNOWN).containsEntry("agents", 0);
    }

    private static void assertNobody(ListeningRoute route) {
        assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(route.health().getDetails()).containsEntry("directory", "up to date").containsEntry("agents", 0);
        assertThat(route.consumer().getFeedReason()).isEqualTo("nobody is in the team");
        assertThat(route.consumer().getDirectoryProblem()).isEmpty();
    }

    @Test
    void aTeamThatIsNotKnownWhileTheRouteStartsIsDown() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (ListeningRoute route = with(listener -> {
            asked.countDown();
            await(answer);
            return new AgentList().follow(listener);
        })) {
            CompletableFuture<ListeningRoute> start = CompletableFuture.supplyAsync(route::start);
            await(asked);
            IMSessionConsumer consumer = route.consumer();
            assertUnknown(consumer.getHealthCheck().call());
            assertThat(consumer.getFeedReason()).isEqualTo(UNKNOWN);
            assertThat(consumer.getDirectoryProblem()).isEqualTo(UNKNOWN);
            answer.countDown();
            start.get(ListeningRoute.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertNobody(route);
        }
    }

    /** Not what a directory should do, and easily done. */
    @Test
    void aDirectoryThatTellsTheTeamLateIsDownUntilThen() throws Exception {
        CompletableFuture<AgentDirectory.Listener> later = new CompletableFuture<>();
        try (ListeningRoute route = with(listener -> {
            later.complete(listener);
            return () -> { };
        }).start()) {
            assertUnknown(route.health());
            later.join().roster(Roster.of(Map.of()));
            assertNobody(route);
        }
    }

    @Test
    void eachStartBeginsNotToKnow() throws Exception {
        CompletableFuture<AgentDirectory.Listener> first = new CompletableFuture<>();
        try (ListeningRoute route = with(listener -> {
            if (first.complete(listener)) {
                listener.roster(Roster.of(Map.of()));
            }
            return () -> { };
        }).start()) {
            assertNobody(route);
            route.consumer().stop();
            assertThat(route.consumer().getFeedReason()).isEqualTo("stopped");
            route.consumer().start();
            first.join().roster(Roster.of(Map.of()));
            assertUnknown(route.health());
        }
    }

    private static void await(CountDownLatch latch) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> latch.getCount() == 0);
    }
}
