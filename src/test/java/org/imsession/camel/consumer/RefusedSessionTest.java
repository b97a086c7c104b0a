package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F15, F16: a server that lets agents log in but never gets as far as a subscription. CometD's own client would shake
 * hands hundreds of times a second with some of these.
 */
class RefusedSessionTest {

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int ATTEMPTS = 5;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("handshake: HTTP 403", Step.HANDSHAKE, Fault.accessDenied(), "HTTP status 403"),
                refusal("handshake: HTTP 401", Step.HANDSHAKE, Fault.status(401), "HTTP status 401"),
                refusal("handshake: HTTP 500", Step.HANDSHAKE, Fault.status(500), "HTTP status 500"),
                refusal("handshake: HTTP 204", Step.HANDSHAKE, Fault.status(204), "/meta/handshake"),
                refusal("handshake: reconnect none", Step.HANDSHAKE,
                        Fault.reconnectNone("403::Handshake denied"), "403::Handshake denied"),
                refusal("handshake: no advice", Step.HANDSHAKE,
                        Fault.bayeuxError("403::Handshake denied"), "403::Handshake denied"),
                refusal("handshake: reconnect handshake", Step.HANDSHAKE,
                        Fault.unknownClient(), "402::Unknown client"),
                refusal("handshake: login page", Step.HANDSHAKE, Fault.loginPage(), "not a JSON array"),
                refusal("handshake: no reply", Step.HANDSHAKE, Fault.emptyArray(), "no reply to /meta/handshake"),
                refusal("handshake: hung up", Step.HANDSHAKE, new Fault.CloseConnection(false), "/meta/handshake"),
                refusal("handshake: reply without client id", Step.HANDSHAKE, new Fault.Rewrite(text ->
                        text.replaceAll("\"clientId\":\"[^\"]*\"", "\"x\":1")), "no client id"),
                refusal("subscribe: refused", Step.SUBSCRIBE,
                        Fault.bayeuxError("403:denied:subscribe_denied"), "403::subscribe_denied"),
                refusal("subscribe: HTTP 500", Step.SUBSCRIBE, Fault.status(500), "HTTP status 500"),
                refusal("subscribe: no reply", Step.SUBSCRIBE, new Fault.RemoveReply(), "no reply to /meta/subscribe"),
                refusal("subscribe: never answered", Step.SUBSCRIBE, new Fault.Hang(), "no answer in time"),
                refusal("connect: 402 at once", Step.CONNECT, Fault.unknownClient(), "402::Unknown client"),
                refusal("connect: 402 without advice", Step.CONNECT,
                        Fault.bayeuxError("402::Unknown client"), "402::Unknown client"));
    }

    private static Arguments refusal(String name, Step step, Fault fault, String reason) {
        return Arguments.argumentSet(name, step, fault, reason);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusedSessionIsToldTriedAgainInTimeAndRecovers(Step step, Fault fault, String reason) throws Exception {
        ArmedFault armed = gws.faults().always(step, fault);
        long start = System.nanoTime();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=300",
                "reconnectDelay=" + DELAY.toMillis(), "reconnectDelayMax=" + DELAY.toMillis(), "reconnectJitter=0"))) {
            assertThat(armed.awaitHits(ATTEMPTS, ListeningRoute.PATIENCE)).isTrue();
            int handshakes = gws.requests().count(Step.HANDSHAKE);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertThat(taken).isGreaterThanOrEqualTo(DELAY.multipliedBy(ATTEMPTS - 1));
            assertThat(handshakes).as("no tight loop")
                    .isLessThanOrEqualTo((int) (taken.toMillis() / DELAY.toMillis()) + 2);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
                assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
                assertThat(route.health().getMessage().orElseThrow()).contains(reason);
            });
            armed.clear();
            route.awaitState("LIVE");
            gws.agent("alice").session().says("Hello");
            assertThat(route.takeText()).isEqualTo("Hello");
            assertThat(gws.requests().count(Step.SUBSCRIBE)).as("subscriptions")
                    .isLessThanOrEqualTo(gws.requests().count(Step.HANDSHAKE));
            assertThat(route.attribute("Gaps")).as("nothing was ever promised").isEqualTo("0");
        }
    }

    @Test
    void aFeedIsNotLiveBeforeItsSubscriptionIsConfirmed() throws Exception {
        ArmedFault subscribe = gws.faults().once(Step.SUBSCRIBE, new Fault.Withhold());
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=10000"))) {
            assertThat(subscribe.awaitHits(1, ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            route.awaitState("SUBSCRIBING");
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            subscribe.release();
            route.awaitState("LIVE");
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    /** The feed used to come up between the confirmed subscription and the refused connect, with a gap each time. */
    @Test
    void aServerThatRefusesEveryConnectCausesOneGapHoweverLongItLasts() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("LIVE");
            ArmedFault armed = gws.faults().always(Step.CONNECT, Fault.unknownClient());
            gws.agent("alice").dropBayeuxSession();
            assertThat(armed.awaitHits(ATTEMPTS, ListeningRoute.PATIENCE)).isTrue();
            armed.clear();
            route.awaitState("LIVE");
            gws.agent("alice").session().says("after");
            assertThat(route.inbox().takeGap().reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }
}
