package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F21: a server that counts its batches wrong, all the time, or does not hold connects. */
class WrongAcknowledgementTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @RegisterExtension
    final LogLines log = new LogLines();

    static Stream<Arguments> counts() {
        return Stream.of(
                Arguments.argumentSet("no number", new Fault.RemoveAck()),
                Arguments.argumentSet("one too low", new Fault.ShiftAck(-1)),
                Arguments.argumentSet("far too low", new Fault.ShiftAck(-1000)));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void losesNothing(Fault fault) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.faults().always(Step.CONNECT, fault);
            var session = gws.agent("alice").session().talks();
            List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
            texts.forEach(session::says);
            session.says("last");
            assertThat(route.inbox().takeTextsUntil("last").stream().distinct().filter(each -> !each.equals("last")))
                    .containsExactlyElementsOf(texts);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    /** Acknowledged, such a number has the server forget events that it never sent, which nobody could see. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 1000 })
    void anAckThatIsTooHighOnceIsNotAcknowledgedAndLosesNothing(long by) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            ArmedFault armed = gws.faults().add(FaultRule.at(Step.CONNECT, new Fault.ShiftAck(by)).times(2));
            var session = gws.agent("alice").session().talks();
            List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
            texts.forEach(session::says);
            assertThat(armed.awaitHits(2, ListeningRoute.PATIENCE)).isTrue();
            session.says("last");
            assertThat(route.inbox().takeTextsUntil("last")).startsWith("0").containsSequence(texts);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            assertThat(log.with("IMS-009")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 1000 })
    void anAckThatIsTooHighAgainAndAgainIsOneGapAndNoLongerAcknowledged(long by) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.faults().always(Step.CONNECT, new Fault.ShiftAck(by));
            gws.agent("alice").session().talks();
            FeedGap gap = (FeedGap) route.takeOrigin("gap").getIn().getBody();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.ACK_MISCOUNTED);
            assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.POSSIBLE);
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            assertThat(route.inbox().takeTextsUntil("after")).containsExactly("after");
            assertThat(route.attribute("DeliveryGuarantee")).isEqualTo("at-most-once");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(2);
            assertThat(log.with("IMS-009")).hasSize(1);
        }
    }

    /** Connects used to follow one another as fast as the network let them: 200 in 345 ms. */
    @ParameterizedTest
    @MethodSource("atOnce")
    void aServerThatNeverHoldsAConnectIsNotHammered(Fault fault) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "keepAlive=500"))) {
            route.awaitSettled();
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            ArmedFault armed = gws.faults().always(Step.CONNECT, fault);
            gws.agent("alice").session().talks();
            long start = System.nanoTime();
            assertThat(armed.awaitHits(12, ListeningRoute.PATIENCE)).isTrue();
            // after three free ones: 20, 40, 80, 160, 320, and then 500 ms each; anew after a slow answer
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
            armed.clear();
            gws.agent("alice").session().says("after");
            assertThat(route.takeText()).isEqualTo("after");
        }
    }

    static Stream<Arguments> atOnce() {
        return Stream.of(
                Arguments.argumentSet("no number", new Fault.RemoveAck()),
                Arguments.argumentSet("far too low", new Fault.ShiftAck(-1000)),
                Arguments.argumentSet("no hold", Fault.json(200,
                        "[{\"channel\":\"/meta/connect\",\"successful\":true}]")));
    }
}
