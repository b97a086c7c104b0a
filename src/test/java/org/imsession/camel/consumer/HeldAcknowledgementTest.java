package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences 2 and 3 of the delivery contract. */
class HeldAcknowledgementTest {

    /** Long enough for several heartbeats of 300 ms, short enough for a test. */
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(2);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(MAX_INTERVAL))
            .agent("alice", "secret");

    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void anEventIsAcknowledgedOnlyAfterItsExchangeHasEnded() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"),
                ListeningRoute.ifLive(exchange ->
                assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue()))) {
            route.awaitSettled();
            gws.agent("alice").session().talks();
            route.takeOrigin("live");
            int connects = gws.requests().count(Step.CONNECT);
            Awaitility.await().atMost(ListeningRoute.PATIENCE)
                    .until(() -> gws.requests().count(Step.CONNECT) > connects + 2);
            assertThat(gws.agent("alice").queued()).as("events the server still keeps").isPositive();
            gate.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aSlowRouteNeverCostsTheSession(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "maxPending=2000"),
                ListeningRoute.ifLive(exchange ->
                assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue()))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().talks();
            route.takeOrigin("live");
            int handshakes = gws.requests().count(Step.HANDSHAKE);
            AtomicInteger sent = new AtomicInteger();
            long until = System.nanoTime() + MAX_INTERVAL.multipliedBy(3).toNanos();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(3)).until(() -> {
                if (sent.get() < 1000) {
                    session.says(String.valueOf(sent.getAndIncrement()));
                }
                return System.nanoTime() > until && sent.get() >= 500;
            });
            gate.countDown();
            for (int i : IntStream.range(0, sent.get()).toArray()) {
                assertThat(route.takeText()).isEqualTo(String.valueOf(i));
            }
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("handshakes").isEqualTo(handshakes);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(route.attribute("DeliveryGuarantee"))
                    .isEqualTo(acknowledging ? "at-least-once" : "at-most-once");
            assertThat(route.rest()).noneMatch(e -> e.getIn().getBody() instanceof IMLogUpdateMessage);
        }
    }

    @Test
    void anUnhandledFailureIsDeliveredAgainIfItIsNotToBeAcknowledged() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "ackFailed=false"),
                exchange -> {
            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage && failures.incrementAndGet() <= 2) {
                throw new IllegalStateException("sink is down");
            }
        })) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("one");
            session.says("two");
            assertThat(route.takeText()).isEqualTo("one");
            var again = route.takeOrigin("redelivered");
            assertThat(again.getIn().getBody(IMLogUpdateMessage.class).message()).isEqualTo("one");
            assertThat(again.getIn().getHeader("CamelIMSessionRedelivered")).isEqualTo(true);
            assertThat(route.takeOrigin("redelivered").getIn().getHeader("CamelIMSessionSequence"))
                    .isEqualTo(again.getIn().getHeader("CamelIMSessionSequence"));
            assertThat(route.takeText()).isEqualTo("two");
            assertThat(route.errors()).hasSize(2);
        }
    }

    @Test
    void aFailureIsAcknowledgedByDefaultAndTheFeedGoesOn() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"), exchange -> {
            throw new IllegalStateException("bad day");
        })) {
            route.awaitSettled();
            gws.agent("alice").session().says("one").says("two");
            assertThat(route.takeText()).isEqualTo("one");
            assertThat(route.takeText()).isEqualTo("two");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(route.errors()).hasSizeGreaterThanOrEqualTo(3).allMatch(IllegalStateException.class::isInstance);
        }
    }
}
