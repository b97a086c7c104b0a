package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F23, I09: what is too large is skipped and told, and never stands in the way of what is not. */
class OversizeTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private void acknowledging(boolean acknowledging) {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aTooLargeEventIsOneGapAndItsNeighboursAreDelivered(boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "maxMessageSize=100000"))) {
            route.awaitState("LIVE");
            var session = gws.agent("alice").session().talks();
            ArmedFault held = gws.faults().once(Step.CONNECT, new Fault.Hang());
            gws.agent("alice").answerHeldConnect();
            assertThat(held.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            List<String> small = List.of("1", "2", "3", "4", "5");
            session.says("1").says("2").says("x".repeat(1_200_000)).says("3").says("4").says("5");
            held.clear();
            assertThat(route.inbox().takeTexts(2)).isEqualTo(small.subList(0, 2));
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.OVERSIZE_SKIPPED);
            assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.CERTAIN);
            assertThat(gap.detail()).contains("maxMessageSize").doesNotContain("xxx");
            assertThat(route.inbox().takeTexts(3)).isEqualTo(small.subList(2, 5));
            assertThat(route.attribute("Gaps")).isEqualTo("1");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
    }

    /** A backlog above maxMessageSize used to come again and again, each time as far as the limit. */
    @ParameterizedTest
    @CsvSource({ "5000, 1000", "5000, 3", "3000, 1" })
    void aBacklogAboveTheLimitIsDeliveredInPieces(int limit, int maxPending) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "maxMessageSize=" + limit,
                "maxPending=" + maxPending))) {
            route.awaitState("LIVE");
            var session = gws.agent("alice").session().talks();
            ArmedFault held = gws.faults().once(Step.CONNECT, new Fault.Hang());
            gws.agent("alice").answerHeldConnect();
            assertThat(held.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            List<String> texts = IntStream.range(0, 100).mapToObj(i -> i + " " + "y".repeat(100)).toList();
            texts.forEach(session::says);
            held.clear();
            assertThat(route.inbox().takeTexts(texts.size())).isEqualTo(texts);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    @Test
    void withoutAcknowledgementABacklogAboveTheLimitIsAGap() throws Exception {
        acknowledging(false);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "maxMessageSize=5000",
                "watchServices=false"))) {
            route.awaitState("LIVE");
            var session = gws.agent("alice").session().talks();
            route.inbox().take(); // the feed flows, and no other reply than a connect's brings events
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            ArmedFault held = gws.faults().once(Step.CONNECT, new Fault.Hang());
            gws.agent("alice").answerHeldConnect();
            assertThat(held.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            IntStream.range(0, 100).forEach(i -> session.says(i + " " + "y".repeat(100)));
            held.clear();
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.BUFFER_OVERFLOW);
            assertThat(gap.detail()).contains("maxMessageSize");
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void tenThousandEventsInOneBurstArriveInOrder(boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        int number = 10_000;
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "maxPending=20000"))) {
            route.awaitState("LIVE");
            var session = gws.agent("alice").session().talks();
            ArmedFault held = gws.faults().once(Step.CONNECT, new Fault.Hang());
            gws.agent("alice").answerHeldConnect();
            assertThat(held.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            List<String> texts = IntStream.range(0, number).mapToObj(Integer::toString).toList();
            texts.forEach(session::says);
            held.clear();
            assertThat(route.inbox().takeTexts(number)).isEqualTo(texts);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> gws.agent("alice").queued() == 0);
        }
    }
}
