package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.RecordedRequest;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One login for an agent, whoever needs it, and a feed only for who does. */
class SharedLoginTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.CSRF))
            .agent("alice", "secret").agent("bob", "secret");

    private Talk talk;

    @BeforeEach
    void begin() {
        talk = new Talk(gws);
    }

    @AfterEach
    void end() {
        talk.close();
        assertThat(gws.requests().count(Step.END_CONTACT_CENTER_SESSION)).isZero();
    }

    @Test
    void aProducerActsWithCookiesAndTokenOfTheConsumer() throws Exception {
        talk.listens("alice");
        String session = gws.agent("alice").talksTo("bob").id();
        talk.did("alice?operation=sendMessage", "x", IMSessionConstants.TARGET_ID, session);
        RecordedRequest text = gws.requests().last(Step.OPERATION).orElseThrow();
        RecordedRequest connect = gws.requests().last(Step.CONNECT).orElseThrow();
        assertThat(gws.requests().count(Step.LOGIN, "alice")).isEqualTo(1);
        assertThat(text.cookie("JSESSIONID")).isPresent().isEqualTo(connect.cookie("JSESSIONID"));
        assertThat(text.header("X-CSRF-TOKEN")).isPresent().isEqualTo(connect.header("X-CSRF-TOKEN"));
        assertThat(text.header("Authorization")).isEmpty();
    }

    @Test
    void aConsumerMayHaveOptionsOfItsOwn() throws Exception {
        talk.did("alice?operation=listSessions", null);
        talk.listens("alice", "maxPending=7", "keepAlive=1000", "ackFailed=false");
        String session = gws.agent("alice").talksTo("bob").id();
        talk.did("alice?operation=sendMessage&waitForEvent=true", "x", IMSessionConstants.TARGET_ID, session);
        assertThat(gws.agent("alice").httpSessions()).isEqualTo(1);
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void inARouteTheConsumerDecidesHowTheFeedBehavesAndTheProducerJoinsIt() throws Exception {
        talk.route("alice", new RouteBuilder() {
            @Override
            public void configure() {
                from("imsession:alice?maxPending=7").routeId("alice").filter(exchange -> false)
                        .to("imsession:alice?operation=sendMessage&waitForEvent=true");
            }
        });
        String session = gws.agent("alice").talksTo("bob").id();
        talk.did("alice?operation=sendMessage&waitForEvent=true", "x", IMSessionConstants.TARGET_ID, session);
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void aProducerAloneNeedsNoFeed() {
        String session = gws.agent("alice").talksTo("bob").id();
        talk.did("alice?operation=sendMessage", "x", IMSessionConstants.TARGET_ID, session);
        talk.did("alice?operation=listSessions&waitForEvent=true", null);
        assertThat(gws.requests().count(Step.HANDSHAKE)).isZero();
    }

    @Test
    void aProducerAloneThatWaitsStartsAFeedAndEndsItWithItsRoute() throws Exception {
        talk.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:say").routeId("say").to("imsession:alice?operation=sendMessage&waitForEvent=true");
            }
        });
        assertThat(gws.requests().count(Step.HANDSHAKE)).isZero();
        String session = gws.agent("alice").talksTo("bob").id();
        assertThat(talk.context().createProducerTemplate().requestBodyAndHeader("direct:say", "x",
                IMSessionConstants.TARGET_ID, session)).isNotEqualTo("x");
        talk.context().getRouteController().stopRoute("say");
        Awaitility.await().atMost(Talk.PATIENCE).until(() -> gws.requests().count(Step.DISCONNECT) == 1);
        assertThat(gws.agent("alice").awaitSubscribers(0, Talk.PATIENCE)).isTrue();
    }

    @Test
    void theFeedOfARouteThatIsStoppedGoesOnForAProducerThatWaits() throws Exception {
        talk.listens("alice");
        String session = gws.agent("alice").talksTo("bob").id();
        talk.did("alice?operation=sendMessage&waitForEvent=true", "x", IMSessionConstants.TARGET_ID, session);
        talk.context().getRouteController().stopRoute("alice");
        talk.did("alice?operation=sendMessage&waitForEvent=true", "y", IMSessionConstants.TARGET_ID, session);
        assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
    }

    @Test
    void twoAgentsShareNothingButTheConnections() {
        talk.did("alice?operation=listSessions", null);
        talk.did("bob?operation=listSessions", null);
        assertThat(gws.requests().requests(Step.SNAPSHOT, "alice").get(0).cookie("JSESSIONID"))
                .isNotEqualTo(gws.requests().requests(Step.SNAPSHOT, "bob").get(0).cookie("JSESSIONID"));
    }
}
