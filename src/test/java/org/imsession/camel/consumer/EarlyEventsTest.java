package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F29: events that come before the subscription is confirmed, even in the answer to the handshake. */
class EarlyEventsTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private static String text(String text) {
        return "{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
                + "\"imSessionPath\":\"/im-sessions/1\",\"message\":\"" + text + "\"}";
    }

    private static String talking(String id) {
        return "{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":\"StatusChange\",\"imSession\":"
                + "{\"id\":\"" + id + "\",\"state\":\"Talking\",\"path\":\"/im-sessions/" + id
                + "\",\"participants\":[],\"capabilities\":[],\"userData\":{}}}";
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "true, false", "false, true", "false, false" })
    void earlyEventsAreDeliveredOnceAndInOrder(boolean inHandshake, boolean acknowledging) throws Exception {
        gws.settings(settings -> {
            var changed = inHandshake ? settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE) : settings;
            return acknowledging ? changed : changed.without(GwsSwitch.ACK_EXTENSION);
        });
        gws.restart();
        gws.agent("alice").greetsWith(text("one")).greetsWith(text("two"));
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            assertThat(route.inbox().takeTexts(2)).containsExactly("one", "two");
            gws.agent("alice").session().says("three");
            assertThat(route.takeText()).isEqualTo("three");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(route.inbox().restOfTexts()).isEmpty();
        }
    }

    /** Its first event once had the sequence of the next session's, which an idempotent consumer would have dropped. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void ofASessionThatNeverCameUpKeepTheirOwnSequence(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE)
                : settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE).without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        gws.agent("alice").greetsWith(text("one"));
        gws.faults().once(Step.SUBSCRIBE, Fault.bayeuxError("403::denied"));
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            Exchange early = route.takeOrigin("live");
            assertThat(early.getIn().getBody(IMLogUpdateMessage.class).message()).isEqualTo("one");
            route.awaitSettled();
            gws.agent("alice").session().says("two");
            Exchange next = route.takeOrigin("live");
            assertThat(next.getIn().getHeader(IMSessionConstants.SEQUENCE))
                    .isNotEqualTo(early.getIn().getHeader(IMSessionConstants.SEQUENCE));
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(2);
        }
    }

    /** It counted as newer than the list of sessions that was read after the next subscription. */
    @Test
    void ofASessionThatNeverCameUpAreOlderThanTheSnapshot() throws Exception {
        gws.settings(settings -> settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE));
        gws.restart();
        gws.agent("alice").greetsWith(talking("gone"));
        gws.faults().once(Step.SUBSCRIBE, Fault.bayeuxError("403::denied"));
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            Exchange early = route.takeOrigin("live");
            assertThat(early.getIn().getHeader(IMSessionConstants.STATE)).isEqualTo("TALKING");
            Exchange end = route.takeOrigin("snapshot");
            assertThat(end.getIn().getHeader(IMSessionConstants.ID)).isEqualTo("gone");
            assertThat(end.getIn().getHeader(IMSessionConstants.STATE)).isEqualTo("COMPLETED");
        }
    }

    /** It was taken for the one at work, and came without its text, or not at all. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void earlyEventsThatEqualOneStillAtWorkOfTheSessionBeforeAreNew(boolean acknowledging) throws Exception {
        gws.settings(settings -> settings.with(GwsSwitch.MESSAGES_IN_HANDSHAKE));
        gws.restart();
        gws.agent("alice").greetsWith(text("one"));
        CountDownLatch gate = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"),
                ListeningRoute.ifLive(exchange -> assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue()))) {
            assertThat(route.takeText()).isEqualTo("one");
            route.awaitSettled();
            gws.agent("alice").greetsWith(text("one"));
            gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
            gws.restart();
            assertThat(gws.awaitRequest(Step.SNAPSHOT, 2, ListeningRoute.PATIENCE)).isTrue();
            gate.countDown();
            assertThat(route.takeText()).isEqualTo("one");
            gws.agent("alice").session().says("two");
            assertThat(route.takeText()).isEqualTo("two");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(2);
        }
    }
}
