package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code maxPending=1} nothing more is asked for while an exchange is under way. */
class OneAtATimeTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults()).agent("alice", "secret");

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatIsSaidMeanwhileWaitsOnTheServer(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        SimulatedSession session = gws.agent("alice").session().talks();
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "maxPending=1", "keepAlive=15000"), exchange -> {
                    if (exchange.getIn().getBody() instanceof IMLogUpdateMessage) {
                        entered.countDown();
                        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
                    }
                })) {
            route.awaitSettled();
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            session.says("one");
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(gws.agent("alice").awaitHeldConnect(Duration.ofMillis(500))).as("asks for more").isFalse();
            session.says("two");
            gate.countDown();
            assertThat(route.takeText()).isEqualTo("one");
            assertThat(route.takeText()).isEqualTo("two");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }
}
