package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows F18, F23, F27 and S03 of the fault matrix, for the feed itself. */
class HeldUpFeedTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withTimeout(Duration.ofMillis(500)))
            .agent("alice", "secret");

    @Test
    void aConnectThatIsOvertakenByItsOwnTimeoutLosesNothingAndTellsNothingTwice() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=300"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            ArmedFault late = gws.faults().once(Step.CONNECT, new Fault.Delay(Duration.ofSeconds(2)));
            session.says("one").says("two");
            assertThat(late.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            session.says("three");
            assertThat(route.inbox().takeTextsUntil("three")).containsExactly("one", "two", "three");
            session.says("four");
            assertThat(route.inbox().takeTextsUntil("four")).containsExactly("four");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    @Test
    void aRedirectIsNotFollowedAndNothingReachesTheOtherHost() throws Exception {
        try (LyingServer other = LyingServer.telling(Lie.inOrder(Answer.json(200, "[]")));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.faults().once(Step.CONNECT, Fault.redirect(302, other.url() + "/api/v2/notifications"));
            gws.faults().once(Step.HANDSHAKE, Fault.redirect(307, other.url() + "/api/v2/notifications"));
            gws.agent("alice").session().says("one");
            assertThat(route.takeText()).isEqualTo("one");
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.requests().count(Step.HANDSHAKE) >= 3);
            route.awaitSettled();
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void aServerThatAsksToWaitIsGivenTheTime() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            ArmedFault busy = gws.faults().once(Step.CONNECT, Fault.retryAfter(429, Duration.ofSeconds(2)));
            gws.agent("alice").answerHeldConnect();
            assertThat(busy.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            int sofar = gws.requests().count(Step.CONNECT);
            Instant refused = gws.requests().last(Step.CONNECT).map(RecordedRequest::time).orElseThrow();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.requests().count(Step.CONNECT) > sofar);
            List<RecordedRequest> connects = gws.requests().requests(Step.CONNECT);
            assertThat(Duration.between(refused, connects.get(sofar).time())).as("waited")
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
            route.awaitSettled();
        }
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.argumentSet("HTML with 200", Fault.loginPage()),
                Arguments.argumentSet("HTML with 502", new Fault.Answer(502, Map.of("Content-Type", "text/html"),
                        "<html><body>Bad gateway</body></html>".getBytes(StandardCharsets.UTF_8))),
                Arguments.argumentSet("JSON with 200", Fault.json(200, "{\"message\":\"no upstream\"}")),
                Arguments.argumentSet("nothing with 200", Fault.json(200, "")));
    }

    /** Three such answers used to end the session, and with it all that the server kept. */
    @ParameterizedTest
    @MethodSource("pages")
    void thePageOfAGatewayForAWhileDoesNotCostTheSession(Fault page) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            ArmedFault gateway = gws.faults().always(Step.CONNECT, page);
            gws.agent("alice").session().says("one").says("two");
            assertThat(gateway.awaitHits(8, ListeningRoute.PATIENCE)).isTrue();
            gateway.clear();
            assertThat(route.inbox().takeTexts(2)).containsExactly("one", "two");
            route.awaitState("LIVE");
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("handshakes").isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aGatewayWithoutAcknowledgementCostsNoSessionAndWhatItMayHaveHiddenIsOneGap(Fault page) throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            ArmedFault gateway = gws.faults().always(Step.CONNECT, page);
            gws.agent("alice").answerHeldConnect();
            assertThat(gateway.awaitHits(8, ListeningRoute.PATIENCE)).isTrue();
            gateway.clear();
            FeedGap gap = (FeedGap) route.takeOrigin("gap").getIn().getBody();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.ANSWER_LOST);
            gws.agent("alice").session().says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("handshakes").isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }

    @Test
    void anAnswerThatCanNeverBeReadIsGivenUpWithOneGapAndTheFeedGoesOn() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            ArmedFault garbage = gws.faults().always(Step.CONNECT, Fault.json(200, "[{\"channel\":\"/meta/conn"));
            gws.agent("alice").answerHeldConnect();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.requests().count(Step.HANDSHAKE) >= 2);
            garbage.clear();
            FeedGap gap = (FeedGap) route.takeOrigin("gap").getIn().getBody();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.UNREADABLE_SKIPPED);
            route.awaitSettled();
            gws.agent("alice").session().says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }
}
