package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CamelIMSessionDirection: whose text it is, as far as GWS lets anybody know. */
class DirectionTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults())
            .agent("alice", "secret").agent("bob", "secret");

    private Talk talk;
    private SimulatedSession session;

    @BeforeEach
    void begin() throws Exception {
        talk = new Talk(gws).listens("alice");
        session = gws.agent("alice").talksTo("bob");
    }

    @AfterEach
    void end() {
        talk.close();
    }

    private void send(String text) {
        talk.did("alice?operation=sendMessage", text, IMSessionConstants.TARGET_ID, session.id());
    }

    private List<String> hears(int texts) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            Exchange exchange = talk.nextText("alice");
            lines.add(Talk.text(exchange) + " " + Talk.direction(exchange));
        }
        return lines;
    }

    @Test
    void whoHasSentNothingKnowsNothing() throws Exception {
        session.hears("theirs").says("from a desktop");
        assertThat(hears(2)).containsExactly("theirs unknown", "from a desktop unknown");
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anEchoIsOutboundAndAllElseInbound(boolean notificationFirst) throws Exception {
        if (notificationFirst) {
            gws.settings(settings -> settings.with(GwsSwitch.NOTIFICATION_BEFORE_REPLY));
        }
        send("ours");
        assertThat(hears(1)).containsExactly("ours outbound");
        session.hears("theirs").hears("ours");
        assertThat(hears(2)).containsExactly("theirs inbound", "ours inbound");
    }

    @Test
    void asManyEqualTextsAreOursAsWereSent() throws Exception {
        send("ok");
        send("ok");
        session.hears("ok");
        assertThat(hears(3)).containsExactly("ok outbound", "ok outbound", "ok inbound");
    }

    @Test
    void aTextOfAnotherSessionIsNotOurs() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ECHO_TO_SENDER));
        send("ok");
        session.complete();
        gws.settings(settings -> settings.with(GwsSwitch.ECHO_TO_SENDER));
        gws.agent("alice").talksTo("bob").hears("ok");
        assertThat(hears(1)).containsExactly("ok inbound");
    }

    @Test
    void aRefusedTextIsForgotten() throws Exception {
        gws.faults().once(Step.OPERATION, Fault.json(400, "{\"statusCode\":2}"));
        IMSessionOperationException refused = talk.failed("alice?operation=sendMessage", "ok",
                IMSessionConstants.TARGET_ID, session.id());
        assertThat(refused.getOutcome()).isEqualTo(IMSessionOperationException.Outcome.FAILED);
        session.hears("ok");
        assertThat(hears(1)).containsExactly("ok inbound");
    }

    @Test
    void aTextOfUnknownOutcomeThatComesBackWasSent() throws Exception {
        gws.faults().once(Step.OPERATION, new Fault.LoseAnswer(true));
        talk.failed("alice?operation=sendMessage", "perhaps", IMSessionConstants.TARGET_ID, session.id());
        assertThat(hears(1)).containsExactly("perhaps outbound");
    }

    @Test
    void twoRoutesOfOneAgentAreToldTheSame() throws Exception {
        talk.route("alice", new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice").routeId("second").process(exchange -> talk.note("second", exchange));
            }
        });
        send("ours");
        assertThat(Talk.direction(talk.nextText("alice"))).isEqualTo("outbound");
        assertThat(Talk.direction(talk.nextText("second"))).isEqualTo("outbound");
    }

    @Test
    void aStateChangeHasNoDirection() throws Exception {
        assertThat(talk.next("alice").getIn().getHeaders()).doesNotContainKey(IMSessionConstants.DIRECTION);
    }
}
