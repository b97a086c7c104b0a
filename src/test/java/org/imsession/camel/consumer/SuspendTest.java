package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F51: a suspended route gets nothing, keeps its session, and loses nothing. */
class SuspendTest {

    private static final Duration MAX_INTERVAL = Duration.ofSeconds(2);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(MAX_INTERVAL))
            .agent("alice", "secret");

    @RegisterExtension
    final LogLines log = new LogLines();

    @ParameterizedTest
    @CsvSource({ "true, 1000", "true, 5", "false, 1000" })
    void whatComesMeanwhileIsDeliveredInOrderAfterwards(boolean acknowledging, int maxPending) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "maxPending=" + maxPending))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            route.context().getRouteController().suspendRoute("listening");
            List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
            texts.forEach(session::says);
            long until = System.nanoTime() + MAX_INTERVAL.plusMillis(500).toNanos();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> System.nanoTime() > until);
            assertThat(route.rest()).as("nothing while suspended").isEmpty();
            assertThat(route.consumer().getFeedState()).isEqualTo("LIVE");
            route.context().getRouteController().resumeRoute("listening");
            assertThat(route.inbox().takeTexts(texts.size())).isEqualTo(texts);
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    /** Camel stops its consumer by force, and it was deaf for ever after, although its route was Started. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aRouteThatDoesNotSuspendInTimeFollowsAgainWhenItIsResumedOrStarted(boolean resumed) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"),
                ListeningRoute.ifLive(exchange -> assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue()))) {
            route.awaitSettled();
            gws.agent("alice").session().says("stuck");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.context().getInflightRepository().size() == 1);
            route.context().getRouteController().suspendRoute("listening", 100, TimeUnit.MILLISECONDS);
            gate.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.context().getInflightRepository().size() == 0);
            if (resumed) {
                route.context().getRouteController().resumeRoute("listening");
            } else {
                route.context().getRouteController().stopRoute("listening");
                route.context().getRouteController().startRoute("listening");
            }
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> "after".equals(route.takeText()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void suspendingAndResumingTwiceIsNoTrouble(int times) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("LIVE");
            for (int i = 0; i < times; i++) {
                route.consumer().suspend();
                route.consumer().suspend();
                gws.agent("alice").session().says("text " + i);
                route.consumer().resume();
                route.consumer().resume();
                assertThat(route.takeText()).isEqualTo("text " + i);
            }
        }
    }

    /** An event is acknowledged when both have ended it, and memory is bounded: the other one has to wait. */
    @Test
    void aSuspendedRouteHoldsUpTheOtherOfItsAgentOnceMaxPendingEventsWaitSaysSoAndLosesNothing() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared()
                .add("one", ListeningRoute.uri(gws, "alice", "maxPending=5")).start()
                .join(gws, "two", ListeningRoute.uri(gws, "alice", "maxPending=5"), exchange -> { })) {
            var session = gws.agent("alice").session().says("before");
            assertThat(route.inbox("one").takeText()).isEqualTo("before");
            assertThat(route.inbox("two").takeText()).isEqualTo("before");
            for (int again = 1; again <= 2; again++) {
                route.context().getRouteController().suspendRoute("one");
                List<String> texts = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
                texts.forEach(session::says);
                assertThat(route.inbox("two").takeTexts(5)).isEqualTo(texts.subList(0, 5));
                int lines = again;
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> log.with("IMS-011").size() == lines);
                assertThat(log.with("IMS-011").get(again - 1)).contains("agent=alice", "maxPending=5", "[route one]",
                        "also for the other routes");
                long until = System.nanoTime() + MAX_INTERVAL.plusMillis(500).toNanos();
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> System.nanoTime() > until);
                assertThat(route.inbox("two").restOfTexts()).as("the other one waits").isEmpty();
                assertThat(log.with("IMS-011")).as("said once").hasSize(again);
                route.context().getRouteController().resumeRoute("one");
                assertThat(route.inbox("one").takeTexts(texts.size())).isEqualTo(texts);
                assertThat(route.inbox("two").takeTexts(texts.size() - 5)).isEqualTo(texts.subList(5, texts.size()));
            }
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    /** There was one for each answer, in memory until the route went on. */
    @Test
    void whatFindsNoRoomOnAServerThatKeepsNothingIsOneGapHoweverLongItLasts() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "maxPending=5", "keepAlive=20"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getPendingEvents() == 0);
            route.context().getRouteController().suspendRoute("listening");
            List<String> kept = List.of("1", "2", "3", "4", "5");
            for (int i = 0; i < kept.size(); i++) {
                int pending = i + 1;
                session.says(kept.get(i));
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                        route.consumer().getPendingEvents() == pending);
            }
            for (int i = 0; i < 20; i++) {
                session.says("dropped " + i);
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            }
            assertThat(log.with("are being dropped")).as("said at once, and once").hasSize(1);
            route.context().getRouteController().resumeRoute("listening");
            assertThat(route.inbox().takeTexts(kept.size())).isEqualTo(kept);
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.BUFFER_OVERFLOW);
            assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.CERTAIN);
            assertThat(gap.detail()).contains("at least 20 events");
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }

    @Test
    void aSuspendedRouteCanBeStopped() throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"));
        route.awaitSettled();
        route.context().getRouteController().suspendRoute("listening");
        gws.agent("alice").session().says("unheard");
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getPendingEvents() > 0);
        long start = System.nanoTime();
        route.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(gws.agent("alice").clientIds()).isEmpty();
    }
}
