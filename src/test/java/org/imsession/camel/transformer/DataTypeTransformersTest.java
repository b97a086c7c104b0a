package org.imsession.camel.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.MalformedMessageException;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data types {@code imsession:application-json} and {@code imsession:application-cloudevents} in routes. */
class DataTypeTransformersTest extends CamelTestSupport {

    private static final IMSessionJson JSON = new IMSessionJson();
    private static final IMSessionNotification UPDATE = JSON.read("{\"message\":\"caf\u00e9\",\"notificationType\":"
            + "\"NewMessage\",\"imSessionPath\":\"/im-sessions/7\",\"messageType\":\"IMLogUpdateMessage\"}");

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // as a step of a route it has another name in Camel 4.14 than in 4.17
                from("direct:json").inputType("imsession:application-json").to("mock:out");
                from("direct:cloud").inputType("imsession:application-cloudevents").to("mock:out");
            }
        };
    }

    @Test
    void theHeadersAreThoseOfTheComponent() {
        assertThat(CloudEventsDataTypeTransformer.SEQUENCE).isEqualTo(IMSessionConstants.SEQUENCE);
        assertThat(CloudEventsDataTypeTransformer.SERVER_URL).isEqualTo(IMSessionConstants.SERVER_URL);
        assertThat(CloudEventsDataTypeTransformer.AGENT).isEqualTo(IMSessionConstants.AGENT);
    }

    @Test
    void jsonIsTheCanonicalFormInUtf8() throws Exception {
        Exchange exchange = send("direct:json", UPDATE, Map.of());

        assertThat(exchange.getMessage().getBody()).isEqualTo(JSON.write(UPDATE).getBytes(StandardCharsets.UTF_8));
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void jsonOfAServerIsBroughtIntoCanonicalForm() throws Exception {
        Exchange exchange = send("direct:json", "{\"data\":" + UPDATE.raw() + "}", Map.of());

        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(JSON.write(UPDATE));
    }

    @Test
    void aCloudEventHasItsAttributesFromTheHeaders() throws Exception {
        JsonNode event = cloudEvent(UPDATE, Map.of(
                IMSessionConstants.SEQUENCE, "alice-42",
                IMSessionConstants.SERVER_URL, "https://gws.example.com:8443/base",
                IMSessionConstants.AGENT, "alice",
                IMSessionConstants.MESSAGE_TIMESTAMP, 1700000000123L));

        assertThat(event).isEqualTo(new ObjectMapper().readTree("{\"specversion\":\"1.0\",\"id\":\"alice-42\","
                + "\"source\":\"imsession://gws.example.com:8443/alice\","
                + "\"type\":\"org.imsession.IMLogUpdateMessage\",\"subject\":\"7\","
                + "\"time\":\"2023-11-14T22:13:20.123Z\",\"datacontenttype\":\"application/json\","
                + "\"dataschema\":\"urn:imsession:schema:1:IMLogUpdateMessage\",\"data\":" + JSON.write(UPDATE) + "}"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://gws.example.com,        alice,        imsession://gws.example.com/alice",
        "http://user:pw@my_host:8090/x,  DOM\\a b/c,   imsession://my_host:8090/DOM%5Ca%20b%2Fc",
        "'http://[::1]:8090',            \u00e9,       'imsession://[::1]:8090/%C3%A9'",
        "not an address,                 alice,        imsession:///alice",
        "'',                             '',           imsession:///",
    })
    void theSourceIsTheServerAndTheAgent(String serverUrl, String agent, String source) throws Exception {
        JsonNode event = cloudEvent(UPDATE,
                Map.of(IMSessionConstants.SERVER_URL, serverUrl, IMSessionConstants.AGENT, agent));

        assertThat(event.get("source").textValue()).isEqualTo(source);
    }

    @Test
    void withoutHeadersTheExchangeGivesIdAndTime() throws Exception {
        Exchange exchange = send("direct:cloud", UPDATE, Map.of());
        JsonNode event = new ObjectMapper().readTree(exchange.getMessage().getBody(byte[].class));

        assertThat(event.get("id").textValue()).isEqualTo(exchange.getExchangeId());
        assertThat(Instant.parse(event.get("time").textValue()).toEpochMilli())
                .isEqualTo(exchange.getClock().getCreated());
        assertThat(event.get("source").textValue()).isEqualTo("imsession:///");
    }

    @Test
    void aGapAndWhatNobodyUnderstoodAreEventsToo() throws Exception {
        JsonNode gap = cloudEvent(new FeedGap("alice", Instant.EPOCH, Instant.EPOCH, FeedGap.Reason.ANSWER_LOST,
                FeedGap.Certainty.CERTAIN, "cut"), Map.of());
        JsonNode broken = cloudEvent(JSON.read("{"), Map.of());

        assertThat(gap.get("type").textValue()).isEqualTo("org.imsession.FeedGap");
        assertThat(gap.has("subject")).isFalse();
        assertThat(gap.at("/data/reason").textValue()).isEqualTo("ANSWER_LOST");
        assertThat(broken.get("type").textValue()).isEqualTo("org.imsession.UnknownMessage");
        assertThat(broken.at("/data/raw").textValue()).isEqualTo("{");
    }

    /** Who asks for texts by type and data schema gets what has the members of one. */
    @Test
    void aTextThatBreaksItsFormatIsNoEventOfThatType() throws Exception {
        JsonNode broken = cloudEvent(JSON.read("{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"a\"}"), Map.of());
        JsonNode other = cloudEvent(JSON.read("{\"messageType\":\"Weather\"}"), Map.of());

        assertThat(broken.get("type").textValue()).isEqualTo("org.imsession.UnknownMessage");
        assertThat(broken.at("/data/sentMessageType").textValue()).isEqualTo("IMLogUpdateMessage");
        assertThat(other.get("type").textValue()).isEqualTo("org.imsession.Weather");
        assertThat(List.of(broken, other)).allSatisfy(event -> assertThat(event.get("dataschema").textValue())
                .isEqualTo("urn:imsession:schema:1:UnknownMessage"));
    }

    @Test
    void aBodyThatIsNoNotificationIsRefused() {
        assertThatThrownBy(() -> template.sendBody("direct:cloud", "secret"))
                .hasRootCauseInstanceOf(MalformedMessageException.class)
                .hasStackTraceContaining("not JSON at character ");
    }

    private JsonNode cloudEvent(IMSessionNotification body, Map<String, Object> headers) throws Exception {
        Exchange exchange = send("direct:cloud", body, headers);
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/cloudevents+json");
        return new ObjectMapper().readTree(exchange.getMessage().getBody(byte[].class));
    }

    private Exchange send(String route, Object body, Map<String, Object> headers) throws Exception {
        MockEndpoint out = getMockEndpoint("mock:out");
        out.reset();
        out.expectedMessageCount(1);
        template.sendBodyAndHeaders(route, body, new HashMap<>(headers));
        out.assertIsSatisfied();
        return out.getExchanges().get(0);
    }
}
