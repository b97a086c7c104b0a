package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionEndpoint;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers may say of a request, whoever has sent them and however their names are spelt. */
class PinnedRequestTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret")
            .agent("carol", "secret");

    private Talk talk;
    private SimulatedSession session;

    @BeforeEach
    void begin() {
        talk = new Talk(gws);
        session = gws.agent("bob").talksTo("alice");
    }

    @AfterEach
    void end() {
        talk.close();
    }

    private JsonNode lastOperation() throws Exception {
        return JSON.readTree(gws.requests().last(Step.OPERATION).orElseThrow().text());
    }

    /** The request is that of the endpoint: a text to alice, and nothing else has happened. */
    private void assertSaidToAlice(String text) throws Exception {
        JsonNode sent = lastOperation();
        assertThat(sent.path("operationName").asText()).isEqualTo("SendMessage");
        assertThat(sent.path("text").asText()).isEqualTo(text);
        assertThat(sent.at("/destination/phoneNumber").asText()).isEqualTo(gws.agent("alice").phoneNumber());
        assertThat(sent.path("devicePath").asText()).isEqualTo(gws.agent("bob").devicePath());
        assertThat(gws.requests().last(Step.OPERATION).orElseThrow().path()).endsWith(session.path());
        assertThat(session.isCompleted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Camel", "CAmel", "CAMEL", "camel" })
    void whatMayNotComeFromHeadersIsNotLookedAt(String camel) throws Exception {
        talk.did("bob?operation=sendMessage&sessionId=" + session.id() + "&allowFromHeaders=none", "Hello",
                camel + "IMSessionOperation", "complete", camel + "IMSessionTargetId", "another",
                camel + "IMSessionDestination", "4711", camel + "IMSessionDevicePath", "/devices/another");
        assertSaidToAlice("Hello");
        talk.did("bob?operation=sendMessage&allowFromHeaders=sessionId", "again",
                camel + "IMSessionOperation", "complete", camel + "IMSessionTargetId", session.path(),
                camel + "IMSessionDestination", "4711", camel + "IMSessionDevicePath", "/devices/another");
        assertSaidToAlice("again");
    }

    @ParameterizedTest
    @CsvSource({ "CAmelIMSessionOperation,complete,operation", "CAMELIMSessionTargetId,another,sessionId",
        "camelIMSessionDestination,4711,destination", "CamelIMSessionDevicePath,/devices/1,devicePath" })
    void byDefaultAHeaderThatContradictsAnOptionFailsAndNothingIsSent(String header, String value, String option) {
        Exchange refused = talk.does("bob?operation=sendMessage&sessionId=" + session.id() + "&destination=5001"
                + "&devicePath=" + gws.agent("bob").devicePath(), "Hello", header, value);
        assertThat(refused.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option).hasMessageContaining("allowFromHeaders");
        assertThat(gws.requests().count(Step.OPERATION)).isZero();
    }

    @Test
    void byDefaultAHeaderMaySayWhatNoOptionSaysAndTheSameInOtherWords() throws Exception {
        talk.did("bob?operation=sendMessage&sessionId=" + session.id(), "Hello", IMSessionConstants.OPERATION,
                " SENDMESSAGE ", IMSessionConstants.TARGET_ID, session.path());
        assertSaidToAlice("Hello");
        talk.did("bob", null, IMSessionConstants.OPERATION, "Complete", IMSessionConstants.TARGET_ID, session.id());
        assertThat(session.isCompleted()).isTrue();
    }

    @Test
    void whatIsAllowedOverridesTheOptions() throws Exception {
        talk.did("bob?operation=complete&sessionId=x&allowFromHeaders= Operation , sessionId", "Hello",
                IMSessionConstants.OPERATION, "sendMessage", IMSessionConstants.TARGET_ID, session.id(),
                IMSessionConstants.DESTINATION, "4711");
        assertSaidToAlice("Hello");
        talk.did("bob?operation=sendMessage&sessionId=x&destination=1&allowFromHeaders=all", "all",
                IMSessionConstants.TARGET_ID, session.id(), IMSessionConstants.DESTINATION, "4711");
        assertThat(lastOperation().at("/destination/phoneNumber").asText()).isEqualTo("4711");
    }

    @Test
    void theKeyOfUserDataIsAPartAsTheOthers() throws Exception {
        talk.did("bob?operation=deleteUserData&sessionId=" + session.id() + "&allowFromHeaders=none", "mine",
                IMSessionConstants.USER_DATA_KEY, "yours");
        assertThat(lastOperation().path("key").asText()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = { "sesionId", "", "sessionId,", "all,none", "session\u202eId" })
    void aPartThatIsMisspeltIsToldBeforeAnythingStarts(String option) {
        assertThatThrownBy(() -> {
            var endpoint = talk.context().getEndpoint("imsession:bob?operation=sendMessage",
                    IMSessionEndpoint.class);
            endpoint.getConfiguration().setAllowFromHeaders(option);
            endpoint.createProducer();
        }).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("allowFromHeaders")
                .hasMessageContaining("userDataKey").message().doesNotContain("\u202e");
    }

    /** Line ends, NEL, terminal CSI, line separator, and marks that turn the direction of writing. */
    @ParameterizedTest
    @ValueSource(strings = { "\nFORGED", "\r\nFORGED", "\u0085x", "\u009b2J", "\u2028x", "\u202ex", "\u2066x" })
    void anUnknownOperationIsQuotedOnOneLineAndDisguisesNothing(String words) {
        Exchange refused = talk.does("bob", "Hello", IMSessionConstants.OPERATION, "blow up" + words);
        assertThat(refused.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blow up\\u").message().matches("\\p{Print}*");
        Exchange both = talk.does("bob", new IMSessionRequest.ListSessions(),
                IMSessionConstants.OPERATION, "complete");
        assertThat(both.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(gws.requests().count(Step.OPERATION)).isZero();
    }

    /** Camel makes a text of anything by its toString. */
    @Test
    void whatIsNoTextIsNotSaid() {
        for (Object body : new Object[] { new Date(0), new Object[] { "x" }, new AtomicReference<>("x"), this }) {
            Exchange refused = talk.does("bob?operation=sendMessage&sessionId=" + session.id(), body);
            assertThat(refused.getException()).as(body.getClass().getName())
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not a text");
        }
        assertThat(gws.requests().count(Step.OPERATION)).isZero();
    }

    @Test
    void whateverIsATextIsSaid() throws Exception {
        byte[] bytes = "5".getBytes(StandardCharsets.UTF_8);
        for (Object body : new Object[] { "5", new StringBuilder("5"), 5, 5L, bytes, "5".toCharArray(),
                new ByteArrayInputStream(bytes), new StringReader("5"),
                ByteBuffer.wrap(bytes) }) {
            talk.did("bob?operation=sendMessage&sessionId=" + session.id(), body);
            assertSaidToAlice("5");
        }
    }
}
