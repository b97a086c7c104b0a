package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator who says "now" was not heard while the feed waited between two connects. */
class RetryNowTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @Test
    void endsReconnectingAndCostsNothing() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "reconnectDelay=600000",
                "reconnectDelayMax=600000", "reconnectJitter=0"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            gws.faults().add(FaultRule.at(Step.CONNECT, Fault.status(503)));
            session.says("meanwhile");
            route.awaitState("RECONNECTING");

            route.consumer().retryNow();

            session.says("after");
            assertThat(route.inbox().takeTexts(2)).containsExactly("meanwhile", "after");
            route.awaitState("LIVE");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }
}
