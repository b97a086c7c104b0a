package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Message;
import org.apache.camel.console.DevConsole;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F25: what nobody subscribed to is not delivered, but counted, and does no harm to what is. */
class ForeignChannelTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @Test
    void aForeignChannelIsIgnoredAndCounted() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("LIVE");
            gws.faults().once(Step.CONNECT, new Fault.InsertMessages(List.of(
                    "{\"channel\":\"/v2/me/calls\",\"data\":{\"messageType\":\"CallStateChangeMessage\"}}")));
            gws.agent("alice").publishOn("/v2/me/devices", "{\"messageType\":\"DeviceStateChangeMessage\"}");
            gws.agent("alice").session().says("Hello");
            assertThat(route.takeBody().messageType()).isEqualTo("IMSessionStateChangeMessage");
            assertThat(route.takeText()).isEqualTo("Hello");
            assertThat(route.console(DevConsole.MediaType.JSON).toString()).contains("foreign=2");
        }
    }

    /** Without that a hole in the numbers could not be told from a loss. */
    @Test
    void theNextEventSaysHowManyNumbersWereFiltered() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("one");
            gws.agent("alice").publishOn("/v2/me/devices", "{}").publishOn("/v2/me/calls", "{}");
            session.says("two").says("three");
            List<List<Object>> headers = new ArrayList<>();
            String bayeuxSession = "";
            while (headers.size() < 4) {
                Message event = route.take().getIn();
                headers.add(Arrays.asList(event.getHeader(IMSessionConstants.NUMBER),
                        event.getHeader(IMSessionConstants.FILTERED)));
                bayeuxSession = event.getHeader(IMSessionConstants.BAYEUX_SESSION, String.class);
                assertThat(event.getHeader(IMSessionConstants.SEQUENCE))
                        .isEqualTo(bayeuxSession + "-" + event.getHeader(IMSessionConstants.NUMBER));
            }
            assertThat(headers).containsExactly(Arrays.asList(0L, null), Arrays.asList(1L, null), Arrays.asList(4L, 2L),
                    Arrays.asList(5L, null));
        }
    }

    /** Found by reading: the foreign message ended at once, and everything before it counted as ended with it. */
    @Test
    void aMessageOfAForeignChannelDoesNotAcknowledgeTheEventBeforeItThatIsStillAtWork() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"),
                exchange -> assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue())) {
            route.awaitSettled();
            gws.agent("alice").session().talks();
            route.takeOrigin("live");
            gws.agent("alice").publishOn("/v2/me/devices", "{}");
            int connects = gws.requests().count(Step.CONNECT);
            assertThat(gws.awaitRequest(Step.CONNECT, connects + 4, ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("alice").queued()).as("events the server still keeps").isEqualTo(2);
            gate.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
    }
}
