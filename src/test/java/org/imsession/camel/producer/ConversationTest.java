package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two agents and two endpoints, from the call to the end. */
class ConversationTest {

    private static final String TARGET = IMSessionConstants.TARGET_ID;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.CSRF))
            .agent("alice", "secret").agent("bob", "secret");

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void bothFeedsTellWhatWasDone(boolean notificationFirst) throws Exception {
        if (notificationFirst) {
            gws.settings(settings -> settings.with(GwsSwitch.NOTIFICATION_BEFORE_REPLY));
        }
        try (Talk talk = new Talk(gws)) {
            talk.listens("alice").route("bob", new RouteBuilder() {
                @Override
                public void configure() {
                    from("imsession:bob").routeId("bob").process(exchange -> talk.note("bob", exchange))
                            .filter(exchange -> exchange.getIn().getBody() instanceof IMLogUpdateMessage
                                    && !"outbound".equals(Talk.direction(exchange)))
                            .setHeader(TARGET, header(IMSessionConstants.ID))
                            .setBody(simple("You said: ${body.message}"))
                            .to("imsession:bob?operation=sendMessage");
                }
            });

            Exchange call = talk.did("alice?operation=initiate&waitForEvent=true", Map.of("favColor", "blue"),
                    IMSessionConstants.DESTINATION, gws.agent("bob").phoneNumber());
            String id = call.getMessage().getHeader(IMSessionConstants.ID, String.class);
            assertThat(id).isEqualTo(gws.agent("alice").session().id());
            assertThat(call.getMessage().getBody()).isInstanceOf(IMSessionStateChangeMessage.class);

            talk.did("alice?operation=sendMessage&waitForEvent=true", "Hello Bob", TARGET, id);
            assertThat(Talk.text(talk.nextText("alice"))).isEqualTo("Hello Bob");
            assertThat(Talk.text(talk.nextText("alice"))).isEqualTo("You said: Hello Bob");
            talk.did("alice?operation=attachUserData&waitForEvent=true", Map.of("bestNumber", "3"), TARGET, id);
            talk.did("alice?operation=updateUserData&waitForEvent=true", Map.of("bestNumber", "5"), TARGET, id);
            Exchange deleted = talk.did("alice?operation=deleteUserData&waitForEvent=true", "favColor", TARGET, id);
            assertThat(deleted.getMessage().getBody(IMSessionStateChangeMessage.class).imSession().userData())
                    .isEqualTo(Map.of("bestNumber", "5"));
            Exchange end = talk.did("alice?operation=complete&waitForEvent=true", null, TARGET, id);
            assertThat(end.getMessage().getHeader(IMSessionConstants.STATE)).isEqualTo("COMPLETED");

            List<String> rest = List.of("AttachedDataChanged {favColor=blue, bestNumber=3}",
                    "AttachedDataChanged {favColor=blue, bestNumber=5}", "AttachedDataChanged {bestNumber=5}",
                    "Completed");
            assertThat(transcript(talk, "alice")).isEqualTo(rest);
            List<String> bob = transcript(talk, "bob");
            assertThat(bob).endsWith(rest.toArray(String[]::new)).startsWith("Alerting", "Talking")
                    .containsSubsequence("inbound or unknown: Hello Bob", "outbound: You said: Hello Bob");
            assertThat(bob).hasSize(2 + 2 + rest.size());
        }
        assertThat(gws.requests().count(Step.LOGIN, "alice")).as("logins of alice").isEqualTo(1);
        assertThat(gws.requests().count(Step.HANDSHAKE, "bob")).isEqualTo(1);
    }

    /** What an agent heard and nobody took, up to the end of the session. */
    private static List<String> transcript(Talk talk, String agent) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        do {
            Exchange exchange = talk.next(agent);
            IMSessionNotification heard = exchange.getIn().getBody(IMSessionNotification.class);
            if (heard instanceof IMLogUpdateMessage text) {
                String direction = Talk.direction(exchange);
                lines.add((direction.equals("outbound") ? direction : "inbound or unknown") + ": " + text.message());
            } else if (heard instanceof IMSessionStateChangeMessage change) {
                lines.add(change.notificationTypeText().equals("StatusChange") ? change.state().wireName()
                        : change.notificationTypeText() + " " + change.imSession().userData());
            }
        } while (!lines.get(lines.size() - 1).equals("Completed"));
        return lines;
    }
}
