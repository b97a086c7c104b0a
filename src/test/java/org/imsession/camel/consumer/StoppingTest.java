package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F37: a stop says good-bye to Bayeux, delivers what has come, and takes bounded time whatever the server does. */
class StoppingTest {

    /** Twice the stopTimeout of the route, and something for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(4);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theServerIsToldAndTheAgentStaysLoggedIn(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"));
        route.awaitState("LIVE");
        assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
        long start = System.nanoTime();
        route.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("time to stop").isLessThan(BOUND);
        assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
        assertThat(gws.agent("alice").clientIds()).isEmpty();
        assertThat(gws.requests().count(Step.END_CONTACT_CENTER_SESSION)).isZero();
        assertThat(gws.agent("alice").httpSessions()).as("logged in still").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatHasBeenReceivedIsDeliveredFirst(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        CountDownLatch gate = new CountDownLatch(1);
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"),
                exchange -> assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue());
        route.awaitSettled();
        List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
        var session = gws.agent("alice").session().talks();
        texts.forEach(session::says);
        // one is being delivered; an event that is still being decoded need not wait for the route that stops
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getPendingExchangesSize(),
                pending -> pending >= texts.size());
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> stop(route));
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().isSuspendingOrSuspended());
        gate.countDown();
        stop.get(ListeningRoute.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(route.inbox().restOfTexts()).isEqualTo(texts);
        route.close();
    }

    private static void stop(ListeningRoute route) {
        try {
            route.context().getRouteController().stopRoute("listening");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> hangingServers() {
        return Stream.of(
                Arguments.argumentSet("login is never answered", Step.LOGIN, "LOGGING_IN"),
                Arguments.argumentSet("handshake is never answered", Step.HANDSHAKE, "HANDSHAKING"),
                Arguments.argumentSet("subscribe is never answered", Step.SUBSCRIBE, "SUBSCRIBING"),
                Arguments.argumentSet("snapshot is never answered", Step.SNAPSHOT, "LIVE"),
                Arguments.argumentSet("disconnect is never answered", Step.DISCONNECT, "LIVE"),
                Arguments.argumentSet("nothing is answered any more", Step.ANY, "LOGGING_IN"));
    }

    @ParameterizedTest
    @MethodSource("hangingServers")
    void takesBoundedTimeWhereverTheServerHangs(Step step, String state) throws Exception {
        gws.faults().always(step, new Fault.Hang());
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=60000",
                "stopTimeout=500"));
        route.awaitState(state);
        long start = System.nanoTime();
        route.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = { "BACKING_OFF", "RECONNECTING", "PARKED" })
    void takesBoundedTimeInEveryState(String state) throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "reconnectDelay=60000",
                "reconnectDelayMax=60000", "reconnectJitter=0", "stopTimeout=500"));
        route.awaitState("LIVE");
        gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE);
        switch (state) {
            case "BACKING_OFF" -> gws.agent("alice").dropBayeuxSession();
            case "RECONNECTING" -> gws.stop();
            default -> {
                gws.agent("alice").instantMessaging(false).expireHttpSession();
                gws.agent("alice").dropBayeuxSession();
                route.awaitState("BACKING_OFF");
                route.consumer().retryNow();
            }
        }
        route.awaitState(state);
        long start = System.nanoTime();
        route.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    /** A failing sink with ackFailed=false kept the stop waiting until Camel's own time-out, 45 seconds by default. */
    @Test
    void anEventThatIsDeliveredAgainAndAgainDoesNotDelayTheStop() throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "ackFailed=false"), exchange -> {
            throw new IllegalStateException("sink is down");
        });
        route.awaitState("LIVE");
        gws.agent("alice").session().talks();
        route.takeOrigin("redelivered");
        long start = System.nanoTime();
        route.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    @Test
    void aStoppedRouteAsksTheServerForNothingMore() throws Exception {
        ArmedFault failing = gws.faults().always(Step.SNAPSHOT, Fault.status(500));
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"));
        assertThat(failing.awaitHits(2, ListeningRoute.PATIENCE)).isTrue();
        route.context().getRouteController().stopRoute("listening");
        int requests = gws.requests().count(Step.ANY);
        // five times the longest delay between two attempts to read the sessions
        Awaitility.await().during(Duration.ofSeconds(1)).atMost(ListeningRoute.PATIENCE).until(() ->
                gws.requests().count(Step.ANY) == requests);
        route.close();
    }

    @Test
    void aRouteThatIsStartedAgainListensAgain() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            for (int i = 0; i < 3; i++) {
                route.awaitState("LIVE");
                gws.agent("alice").session().says("text " + i);
                assertThat(route.takeText()).isEqualTo("text " + i);
                route.context().getRouteController().stopRoute("listening");
                assertThat(gws.agent("alice").clientIds()).isEmpty();
                route.context().getRouteController().startRoute("listening");
            }
            route.awaitState("LIVE");
            Awaitility.await("one for each time it was stopped").atMost(ListeningRoute.PATIENCE)
                    .until(() -> route.attribute("Gaps"), "3"::equals);
            assertThat(gws.agent("alice").subscribers()).isEqualTo(1);
        }
    }
}
