package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultExchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample routes that act for an agent, as they are: alice's desktop talks, bob's samples answer. */
class SampleRoutesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    @TempDir
    Path folder;

    private final Main main = new Main();
    private Talk talk;

    @AfterEach
    void end() {
        main.stop();
        if (talk != null) {
            talk.close();
        }
    }

    /** Starts the folder of routes with one of its templates in use for bob. */
    private CamelContext start(String template, Map<String, String> properties) {
        return start(main, gws, folder, template, properties);
    }

    static CamelContext start(Main main, GwsSimulator gws, Path folder, String template,
                              Map<String, String> properties) {
        main.setPropertyPlaceholderLocations("file:routes/application.properties");
        main.addOverrideProperty("im.server", gws.url());
        main.addOverrideProperty("im.password", "secret");
        main.addOverrideProperty("im.observe", "false");
        main.addOverrideProperty("camel.route-template[im-agent].agent", "bob");
        main.addOverrideProperty("camel.route-template[im-sample].template-id", template);
        main.addOverrideProperty("camel.route-template[im-sample].agent", "bob");
        main.addOverrideProperty("camel.route-template[im-sample].passwordProperty", "im.password");
        main.addOverrideProperty("im.state-dir", folder.resolve("sessions").toString());
        main.addOverrideProperty("im.file.dir", folder.resolve("im").toString());
        main.addOverrideProperty("im.jms.data-dir", folder.resolve("broker").toString());
        properties.forEach(main::addOverrideProperty);
        main.start();
        await().atMost(PATIENCE).until(() -> gws.agent("bob").subscribers() == 1);
        return main.getCamelContext();
    }

    private SimulatedSession aliceCallsBob() throws Exception {
        talk = new Talk(gws).listens("alice");
        talk.did("alice?operation=initiate", gws.agent("bob").phoneNumber());
        return gws.agent("alice").session();
    }

    private void aliceSays(String text) throws Exception {
        talk.did("alice?operation=sendMessage", text, IMSessionConstants.TARGET_ID,
                gws.agent("alice").session().id());
        assertThat(Talk.text(talk.nextText("alice"))).isEqualTo(text);
    }

    @Test
    void outsideOfficeHoursEachSessionIsAnsweredOnce() throws Exception {
        start("im-office-hours", Map.of("im.office.hours", "24..24"));
        for (int session = 0; session < 2; session++) {
            aliceCallsBob();
            aliceSays("Is anybody there?");
            assertThat(Talk.text(talk.nextText("alice"))).startsWith("Our office is closed");
            aliceSays("I see");
            gws.agent("alice").session().hears("a word that bob's desktop says");
            assertThat(Talk.text(talk.nextText("alice"))).isEqualTo("a word that bob's desktop says");
            gws.agent("alice").session().complete();
            talk.close();
        }
        assertThat(gws.requests().requests(Step.OPERATION, "bob")).hasSize(2);
    }

    @Test
    void withinOfficeHoursNobodyIsAnswered() throws Exception {
        start("im-office-hours", Map.of("im.office.days", "1..7", "im.office.hours", "0..23"));
        SimulatedSession session = aliceCallsBob();
        aliceSays("Is anybody there?");
        session.complete();
        await().atMost(PATIENCE).until(() -> gws.agent("bob").queued() == 0);
        assertThat(gws.requests().requests(Step.OPERATION, "bob")).isEmpty();
    }

    @Test
    void hoursAreComparedAsNumbers() {
        CamelContext context = start("im-office-hours", Map.of());
        var closed = context.resolveLanguage("simple").createPredicate("${header.hour} !range '8..17'");
        assertThat(IntStream.range(0, 24).filter(hour -> {
            Exchange exchange = new DefaultExchange(context);
            exchange.getIn().setHeader("hour", String.valueOf(hour));
            return !closed.matches(exchange);
        })).containsExactly(8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    }

    /** Whoever called the route could end the session by a header, and name a party when there was none. */
    @ParameterizedTest
    @ValueSource(strings = { "Camel", "CAmel", "CAMEL", "camel" })
    void aHeaderOfTheCallerCannotCommandTheAgentWhoseListIsRead(String camel) throws Exception {
        CamelContext context = start("im-other-party", Map.of());
        SimulatedSession session = aliceCallsBob();
        Exchange read = context.createProducerTemplate().request("direct:im-other-party-bob", exchange -> {
            exchange.getIn().setHeader(camel + "IMSessionOperation", "complete");
            exchange.getIn().setHeader(camel + "IMSessionTargetId", session.id());
            exchange.getIn().setHeader(IMSessionConstants.ID, "another");
            exchange.getIn().setHeader("imOtherParty", "whom the caller would like");
        });
        assertThat(read.getException()).isNull();
        assertThat(read.getMessage().getHeaders()).doesNotContainKey("imOtherParty");
        assertThat(session.isCompleted()).isFalse();
        assertThat(gws.requests().requests(Step.OPERATION, "bob")).isEmpty();
    }

    @Test
    void aTextIsEnrichedWithTheNumberOfTheOtherParty() throws Exception {
        CamelContext context = start("im-other-party", Map.of());
        SimulatedSession session = aliceCallsBob();
        Exchange known = context.createProducerTemplate().request("direct:im-other-party-bob", exchange -> {
            exchange.getIn().setBody("as it is");
            exchange.getIn().setHeader(IMSessionConstants.ID, session.id());
        });
        assertThat(known.getException()).isNull();
        assertThat(known.getMessage().getBody()).isEqualTo("as it is");
        assertThat(known.getMessage().getHeader("imOtherParty")).isEqualTo(gws.agent("alice").phoneNumber());
        session.complete();
        Exchange over = context.createProducerTemplate().request("direct:im-other-party-bob", exchange ->
                exchange.getIn().setHeader(IMSessionConstants.ID, session.id()));
        assertThat(over.getException()).isNull();
        assertThat(over.getMessage().getHeaders()).doesNotContainKey("imOtherParty");
    }
}
