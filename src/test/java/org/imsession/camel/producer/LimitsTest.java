package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.IMSessionOperationException.Outcome;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GWS would refuse is not sent, and the error says what is missing and where to give it. */
class LimitsTest {

    private static final String TARGET = IMSessionConstants.TARGET_ID;
    private static final String DEVICES = "{\"id\":\"d1\",\"phoneNumber\":\"5001\"},"
            + "{\"id\":\"d2\",\"phoneNumber\":\"6001\"}";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private Talk talk;

    @BeforeEach
    void begin() {
        talk = new Talk(gws);
    }

    @AfterEach
    void end() {
        assertThat(gws.requests().count(Step.OPERATION)).as("operations sent").isZero();
        talk.close();
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                Arguments.of("initiate", null, "", "destination", IMSessionConstants.DESTINATION),
                Arguments.of("initiate", Map.of("a", "b"), "", "destination", IMSessionConstants.DESTINATION),
                Arguments.of("sendMessage", "text", "", "sessionId", TARGET),
                Arguments.of("sendMessage", null, "1", "text", "as body"),
                Arguments.of("sendMessage", "", "1", "text", "as body"),
                Arguments.of("attachUserData", Map.of(), "1", "userData", "as body"),
                Arguments.of("updateUserData", null, "1", "userData", "as body"),
                Arguments.of("updateUserData", Map.of("a", "b"), "", "sessionId", TARGET),
                Arguments.of("deleteUserData", null, "1", "key", IMSessionConstants.USER_DATA_KEY),
                Arguments.of("complete", "1", "", "sessionId", TARGET),
                Arguments.of("getSession", "1", "", "sessionId", TARGET),
                Arguments.of("complete", new IMSessionRequest.Complete(""), "", "sessionId", TARGET));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void aMissingParameterIsNamedTogetherWithThePlaceForIt(String operation, Object body, String session,
                                                           String parameter, String place) {
        IMSessionOperationException failure = talk.failed("alice?operation=" + operation, body, TARGET, session);
        assertThat(failure.getStatusCode()).isEqualTo(1);
        assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.getHttpStatus()).isZero();
        assertThat(failure).hasMessageContaining("its " + parameter + " is missing").hasMessageContaining(place);
        assertThat(gws.requests().count(Step.ANY)).isZero();
    }

    @Test
    void theIdThatAConsumerSetsCommandsNothing() {
        IMSessionOperationException failure = talk.failed("alice?operation=complete", null, IMSessionConstants.ID,
                gws.agent("alice").talksTo("bob").id());
        assertThat(failure).hasMessageContaining("its sessionId is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = { "dance", "" })
    void anOperationThatDoesNotExistIsToldWithThoseThatDo(String name) {
        Exchange exchange = talk.does("alice", "x", IMSessionConstants.OPERATION, name);
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initiate, sendMessage, attachUserData");
    }

    @Test
    void aRequestThatContradictsTheEndpointIsNotPerformed() {
        Exchange exchange = talk.does("alice?operation=sendMessage", new IMSessionRequest.Complete("1"));
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("complete").hasMessageContaining("sendMessage");
    }

    @ParameterizedTest
    @MethodSource("noTexts")
    void whatIsNoTextIsNotSaid(Object body) {
        Exchange exchange = talk.does("alice?operation=sendMessage", body, TARGET, "1");
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a text").hasMessageNotContaining("private");
    }

    static Stream<Object> noTexts() {
        return Stream.of(Map.of("private", "private"), List.of("private"));
    }

    @Test
    void anAgentHasOneSession() {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        IMSessionOperationException failure = talk.failed("alice?operation=initiate", "5003");
        assertThat(failure.getStatusCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("is in session " + session.id() + " (Talking)");
    }

    @Test
    void severalDevicesAreNamedToChooseFrom() {
        String session = gws.agent("alice").talksTo("bob").id();
        gws.faults().always(Step.LOGIN, Fault.json(200, "{\"statusCode\":0,\"user\":{\"userName\":\"alice\","
                + "\"devices\":[" + DEVICES + "]}}"));
        gws.faults().always(Step.DEVICES, Fault.json(200, "{\"statusCode\":0,\"devices\":[" + DEVICES + "]}"));
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage&destination=5002", "x", TARGET,
                session);
        assertThat(failure).hasMessageContaining("has 2 devices: /devices/d1 (5001), /devices/d2 (6001)")
                .hasMessageContaining(IMSessionConstants.DEVICE_PATH);
    }

    @Test
    void aTextToASessionThatIsNotTheAgentsIsNotSent() {
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "x", TARGET, "no-such");
        assertThat(failure.getStatusCode()).isEqualTo(6);
        assertThat(failure).hasMessageContaining("no such session");
    }

    @Test
    void moreUserDataThanAnyServerTakesAreNotSent() {
        IMSessionOperationException failure = talk.failed("alice?operation=attachUserData",
                Map.of("long", "x".repeat(65_536)), TARGET, "1");
        assertThat(failure.getStatusCode()).isEqualTo(10);
        assertThat(failure).hasMessageContaining("65540 bytes").hasMessageNotContaining("xxx");
    }

    @Test
    void whatIsNoJsonValueIsNotSent() {
        IMSessionOperationException failure = talk.failed("alice?operation=attachUserData",
                Map.of("when", new Object()), TARGET, "1");
        assertThat(failure.getStatusCode()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = { "operation=dance", "operation=complete&waitTimeout=0" })
    void wrongOptionsAreToldBeforeAnythingStarts(String options) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> talk.context().addRoutes(
                new org.apache.camel.builder.RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:start").to("imsession:alice?" + options);
                    }
                })).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
