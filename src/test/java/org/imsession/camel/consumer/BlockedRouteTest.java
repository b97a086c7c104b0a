package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row F49 with the times of a real server: maxInterval 10 s, a route that blocks for 15 s. */
class BlockedRouteTest {

    private static final int EVENTS = 1000;
    private static final Duration BLOCKED = Duration.ofSeconds(15);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(10)))
            .agent("alice", "secret");

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aRouteThatBlocksLongerThanTheServerWaitsLosesNothing(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        CountDownLatch gate = new CountDownLatch(1);
        String uri = "imsession:alice?serverUrl=" + gws.url() + "&password=secret&maxPending=2000";
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (ListeningRoute route = ListeningRoute.from(uri, ListeningRoute.ifLive(exchange -> gate.await()))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().talks();
            route.takeOrigin("live");
            long since = System.nanoTime();
            AtomicInteger sent = new AtomicInteger();
            sender.scheduleAtFixedRate(() -> {
                if (sent.get() < EVENTS) {
                    session.says(String.valueOf(sent.getAndIncrement()));
                }
            }, 0, 12, TimeUnit.MILLISECONDS);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                    System.nanoTime() - since > BLOCKED.toNanos() && sent.get() == EVENTS);
            gate.countDown();
            for (int i = 0; i < EVENTS; i++) {
                assertThat(route.takeText()).isEqualTo(String.valueOf(i));
            }
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("handshakes").isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        } finally {
            sender.shutdownNow();
        }
    }
}
