package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed whose session may still live waited out its pause, however often an operator said that all was mended. */
class RetryNowTest {

    private static final String[] LONG_PAUSE = {
        "reconnectDelay=600000", "reconnectDelayMax=600000", "reconnectJitter=0"
    };

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMinutes(5)))
            .agent("alice", "secret");

    private ListeningRoute live(String url) throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(url, "alice", LONG_PAUSE));
        route.awaitSettled();
        gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE);
        return route;
    }

    private void retryNowGoesOnWithTheSameSession(ListeningRoute route, String text) throws Exception {
        route.awaitState("LIVE");
        gws.agent("alice").session().says(text);
        assertThat(route.takeText()).isEqualTo(text);
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        assertThat(route.attribute("Gaps")).isEqualTo("0");
    }

    private static void retryUntilLive(ListeningRoute route) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
            route.consumer().retryNow();
            return route.attribute("FeedState").equals("LIVE");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 503, 500, 429 })
    void retryNowEndsThePauseBehindARefusedConnect(int status) throws Exception {
        try (ListeningRoute route = live(gws.url())) {
            gws.faults().once(Step.CONNECT, Fault.status(status));
            gws.agent("alice").answerHeldConnect();
            route.awaitState("RECONNECTING");
            route.consumer().retryNow();
            retryNowGoesOnWithTheSameSession(route, "one");
            gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE);
            gws.faults().once(Step.CONNECT, Fault.status(status));
            gws.agent("alice").answerHeldConnect();
            route.awaitState("RECONNECTING");
            route.consumer().retryNow();
            retryNowGoesOnWithTheSameSession(route, "two");
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void retryNowEndsThePauseBehindABrokenNetwork(boolean reset) throws Exception {
        try (TcpProxy network = TcpProxy.to(gws.port()); ListeningRoute route = live(network.url())) {
            network.refuse();
            network.endConnections(reset);
            route.awaitState("RECONNECTING");
            network.acceptAgain();
            route.consumer().retryNow();
            retryNowGoesOnWithTheSameSession(route, "one");
        }
    }

    /** Each time it is asked it is one attempt, and what has come meanwhile is not lost. */
    @Test
    void retryNowIsOneAttemptWhileTheServerStaysAway() throws Exception {
        try (ListeningRoute route = live(gws.url())) {
            ArmedFault away = gws.faults().always(Step.CONNECT, Fault.status(503));
            gws.agent("alice").answerHeldConnect();
            route.awaitState("RECONNECTING");
            gws.agent("alice").session().says("meanwhile");
            int connects = gws.requests().count(Step.CONNECT);
            route.consumer().retryNow();
            assertThat(gws.awaitRequest(Step.CONNECT, connects + 1, ListeningRoute.PATIENCE)).isTrue();
            away.clear();
            retryUntilLive(route); // the attempt may still be under way
            assertThat(route.takeText()).isEqualTo("meanwhile");
            retryNowGoesOnWithTheSameSession(route, "then");
        }
    }

    @Test
    void retryNowEndsThePauseBehindALoginThatFailedWithinTheSession() throws Exception {
        try (ListeningRoute route = live(gws.url())) {
            ArmedFault away = gws.faults().always(Step.LOGIN, Fault.status(503));
            gws.agent("alice").expireHttpSession();
            gws.agent("alice").answerHeldConnect();
            route.awaitState("RECONNECTING");
            assertThat(gws.awaitRequest(Step.LOGIN, 2, ListeningRoute.PATIENCE)).isTrue();
            away.clear();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getFeedReason().contains("503"));
            route.consumer().retryNow();
            assertThat(gws.awaitRequest(Step.LOGIN, 3, ListeningRoute.PATIENCE)).isTrue();
            retryUntilLive(route); // behind a login there is a pause, too
            retryNowGoesOnWithTheSameSession(route, "one");
        }
    }
}
