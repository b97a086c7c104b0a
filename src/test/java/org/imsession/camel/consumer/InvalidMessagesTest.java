package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionInvalidMessageException;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * I01, I02, I04, I10, I16 at the end of a route: nothing is dropped, nothing stops the feed, nothing commands Camel.
 */
class InvalidMessagesTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.argumentSet("I02 no messageType", "{\"message\":\"who am I\"}"),
                Arguments.argumentSet("I02 empty", "{}"),
                Arguments.argumentSet("I02 no object", "\"text\""),
                Arguments.argumentSet("I04 session is a number",
                        "{\"messageType\":\"IMSessionStateChangeMessage\",\"imSession\":5}"),
                Arguments.argumentSet("I04 participants are an object", "{\"messageType\":"
                        + "\"IMSessionStateChangeMessage\",\"imSession\":{\"id\":\"1\",\"participants\":{}}}"),
                Arguments.argumentSet("I10 deep", "{\"messageType\":\"IMLogUpdateMessage\",\"message\":"
                        + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidMessagesAreDeliveredWithTheirTextByDefault(String data) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.agent("alice").sendRaw(data);
            Exchange exchange = route.take();
            UnknownMessage unknown = exchange.getIn().getBody(UnknownMessage.class);
            assertThat(unknown.raw()).isEqualTo(data);
            assertThat(exchange.getIn().getHeader(IMSessionConstants.INVALID_REASON, String.class)).isNotBlank()
                    .isEqualTo(unknown.reason());
            goesOn(route);
            assertThat(route.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidMessagesAreTheExceptionHandlersIfWanted(String data) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "invalidMessages=exceptionHandler"))) {
            route.awaitSettled();
            gws.agent("alice").sendRaw(data);
            goesOn(route);
            assertThat(route.errors()).singleElement().isInstanceOfSatisfying(IMSessionInvalidMessageException.class, e -> {
                assertThat(e.getRaw()).isEqualTo(data);
                assertThat(e).hasMessageContaining("alice").hasMessageNotContaining("who am I");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidMessagesAreDeliveredInEveryFormOfBody(String data) throws Exception {
        for (String form : new String[] { "json", "map" }) {
            try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "bodyType=" + form))) {
                route.awaitSettled();
                gws.agent("alice").sendRaw(data);
                Exchange exchange = route.take();
                assertThat(exchange.getIn().getHeader(IMSessionConstants.INVALID_REASON)).isNotNull();
                assertThat(exchange.getIn().getBody()).isInstanceOf(form.equals("json") ? String.class : Map.class);
                if (form.equals("json")) {
                    assertThat(exchange.getIn().getBody()).isEqualTo(data);
                }
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            }
        }
    }

    /** They used to be dropped without a word, also where they were to go to the exception handler. */
    @ParameterizedTest
    @CsvSource({ "stateChange, route", "logUpdate, route", "stateChange, exceptionHandler",
            "logUpdate, exceptionHandler" })
    void passTheFilterUnlessTheySayThatTheyAreOfTheOtherType(String wanted, String whereto) throws Exception {
        String nameless = "{\"message\":\"who am I\"}";
        String state = "{\"messageType\":\"IMSessionStateChangeMessage\",\"imSession\":5}";
        String text = "{\"messageType\":\"IMLogUpdateMessage\",\"imSessionPath\":5}";
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "messageTypes=" + wanted,
                "invalidMessages=" + whereto))) {
            route.awaitSettled();
            List.of(nameless, state, text, "{\"messageType\":\"SomethingNew\"}", nameless)
                    .forEach(gws.agent("alice")::sendRaw);
            List<String> expected = List.of(nameless, wanted.equals("logUpdate") ? text : state, nameless);
            if (whereto.equals("route")) {
                for (String raw : expected) {
                    assertThat(route.take().getIn().getBody(UnknownMessage.class).raw()).isEqualTo(raw);
                }
            } else {
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.errors().size() >= 3);
                assertThat(route.errors()).extracting(e -> ((IMSessionInvalidMessageException) e).getRaw()).isEqualTo(expected);
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        }
    }

    private void goesOn(ListeningRoute route) throws InterruptedException {
        gws.agent("alice").session().says("after");
        assertThat(route.takeText()).isEqualTo("after");
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
    }

    @Test
    void anUnknownTypeIsDeliveredAndIsNotInvalid() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "invalidMessages=exceptionHandler"))) {
            route.awaitSettled();
            gws.agent("alice").sendRaw("{\"messageType\":\"SomethingNew\",\"x\":1}");
            Exchange exchange = route.take();
            assertThat(exchange.getIn().getHeader(IMSessionConstants.MESSAGE_TYPE)).isEqualTo("SomethingNew");
            assertThat(exchange.getIn().getHeaders()).doesNotContainKey(IMSessionConstants.INVALID_REASON);
            goesOn(route);
            assertThat(route.errors()).isEmpty();
        }
    }

    @Test
    void userDataNeverBecomesAHeader() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.agent("alice").session().talks().attach(Map.of("CamelFileName", "../../etc/passwd", "camelHttpUri",
                    "http://169.254.169.254/", "CamelIMSessionFileName", "../x", "bcc", "x@example.com",
                    "CAmelExecCommandExecutable", "rm"));
            Exchange exchange;
            do {
                exchange = route.take();
            } while (!"AttachedDataChanged".equals(exchange.getIn().getHeader(IMSessionConstants.NOTIFICATION_TYPE)));
            assertThat(exchange.getIn().getHeaders().keySet()).allMatch(name ->
                    name.startsWith("CamelIMSession") || name.equals(Exchange.MESSAGE_TIMESTAMP));
            assertThat(exchange.getIn().getHeader(IMSessionConstants.FILE_NAME, String.class))
                    .doesNotContain("/", "..");
        }
    }
}
