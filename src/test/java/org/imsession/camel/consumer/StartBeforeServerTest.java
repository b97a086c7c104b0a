package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.util.ObjectHelper;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F01, F02: what happens when there is no server, or none that answers, at the start of the route. */
class StartBeforeServerTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @BeforeEach
    void nobodyIsThere() {
        gws.stop();
    }

    @Test
    void theRouteStartsAtOnceAndComesUpWithTheServer() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getAttempts() >= 3);
            HealthCheck.Result health = route.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElseThrow()).contains("alice")
                    .contains("http://127.0.0.1:" + gws.port() + " does not accept connections");
            gws.start();
            route.awaitState("LIVE");
            gws.agent("alice").session().says("Hello");
            assertThat(route.takeText()).isEqualTo("Hello");
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(route.errors()).as("what heals by itself is no exception").isEmpty();
        }
    }

    @Test
    void attemptsBackOff() throws Exception {
        long start = System.nanoTime();
        try (LyingServer server = LyingServer.telling(Lie.hangUp());
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                     "reconnectDelay=100", "reconnectDelayMax=100000", "reconnectMultiplier=4", "reconnectJitter=0"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getAttempts() == 3);
            // 100 ms before the second attempt, 400 ms before the third
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
        }
    }

    @Test
    void aServerThatNeverAnswersDoesNotHoldTheStartUp() throws Exception {
        try (LyingServer server = LyingServer.telling(Lie.silence())) {
            long start = System.nanoTime();
            try (ListeningRoute route = ListeningRoute.from(
                    ListeningRoute.uri(server.url(), "alice", "requestTimeout=60000"))) {
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
                route.awaitState("LOGGING_IN");
                assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void anUnknownHostIsNamed() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri("https://gws.invalid:8443", "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getAttempts() >= 2);
            assertThat(route.health().getMessage().orElseThrow()).contains("gws.invalid").contains("not known");
        }
    }

    @Test
    void aTestedStartFailsWithTheReason() {
        Throwable thrown = catchThrowable(() -> ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "testConnectionOnStartup=true")).close());
        GwsException failure = ObjectHelper.getException(GwsException.class, thrown);
        assertThat(failure).hasMessageContaining("does not accept connections");
        assertThat(failure.kind()).isEqualTo(GwsException.Kind.UNREACHABLE);
    }

    @Test
    void aTestedStartFailsAfterTheTimeOutsIfNothingIsAnswered() {
        try (LyingServer server = LyingServer.telling(Lie.silence())) {
            assertThatThrownBy(() -> ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                    "testConnectionOnStartup=true", "requestTimeout=300")).close())
                    .hasStackTraceContaining("gave no whole answer within 0.3 s");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aTestedStartSucceedsOnceSubscribed(boolean first) throws Exception {
        gws.start();
        String uri = ListeningRoute.uri(gws, "alice", "testConnectionOnStartup=true");
        try (ListeningRoute route = ListeningRoute.prepared().add("listening", uri)) {
            if (!first) {
                route.add("another", ListeningRoute.uri(gws, "alice"));
            }
            route.start();
            assertThat(route.consumer().getFeedState()).isEqualTo("LIVE");
            assertThat(gws.agent("alice").subscribers()).isEqualTo(1);
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }
}
