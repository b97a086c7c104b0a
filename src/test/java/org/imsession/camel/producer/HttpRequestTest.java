package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stranger posts to a route from Camel's own HTTP server (camel-jetty) to the producer, with headers as
 * he likes to spell them; once through the filter of Camel's HTTP components and once with nothing filtered.
 */
class HttpRequestTest {

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

    static Stream<Arguments> strangers() {
        return Stream.of("CAmel", "CAMEL", "camel", "Camel", "cAMEL").flatMap(camel -> Stream.of(true, false)
                .map(filtered -> Arguments.of(camel, filtered)));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void aHeaderCommandsNothingWhereTheEndpointPins(String camel, boolean filtered) throws Exception {
        String say = serve(filtered, "&allowFromHeaders=none");
        assertThat(post(say, camel, "complete")).isEqualTo(200);
        assertSaidToAlice();
    }

    /** By default a header may say what no option says, and one that contradicts an option fails the exchange. */
    @ParameterizedTest
    @MethodSource("strangers")
    void byDefaultAHeaderThatContradictsAnOptionFailsTheRequest(String camel, boolean filtered) throws Exception {
        String say = serve(filtered, "&destination=" + gws.agent("alice").phoneNumber());
        int status = post(say, camel, "complete");
        if (filtered) {
            assertThat(status).isEqualTo(200);
            assertSaidToAlice();
        } else {
            assertThat(status).isEqualTo(500);
            assertThat(gws.requests().count(Step.OPERATION)).isZero();
        }
        assertThat(session.isCompleted()).isFalse();
    }

    /** @return where to post */
    private String serve(boolean filtered, String options) throws Exception {
        talk.context().getRegistry().bind("nothing", new DefaultHeaderFilterStrategy());
        String address = "http://127.0.0.1:" + freePort() + "/say";
        talk.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jetty:" + address + "?muteException=true" + (filtered ? "" : "&headerFilterStrategy=#nothing"))
                        .to("imsession:bob?operation=sendMessage&sessionId=" + session.id() + options);
            }
        });
        return address;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int post(String address, String camel, String operation) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address))
                        .header(camel + "IMSessionOperation", operation).header(camel + "IMSessionTargetId", "another")
                        .header(camel + "IMSessionDestination", "4711")
                        .header(camel + "IMSessionDevicePath", "/devices/another")
                        .header(camel + "ToEndpoint", "direct:nowhere")
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString("Hello")).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** The request is that of the endpoint, and nothing else has happened. */
    private void assertSaidToAlice() throws Exception {
        List<Object> sent = List.copyOf(gws.requests().requests(Step.OPERATION, "bob"));
        assertThat(sent).hasSize(1);
        JsonNode said = new JsonMapper().readTree(gws.requests().last(Step.OPERATION).orElseThrow().text());
        assertThat(said.path("operationName").asText()).isEqualTo("SendMessage");
        assertThat(said.path("text").asText()).isEqualTo("Hello");
        assertThat(said.at("/destination/phoneNumber").asText()).isEqualTo(gws.agent("alice").phoneNumber());
        assertThat(said.path("devicePath").asText()).isEqualTo(gws.agent("bob").devicePath());
        assertThat(gws.requests().last(Step.OPERATION).orElseThrow().path()).endsWith(session.path());
        assertThat(session.isCompleted()).isFalse();
        assertThat(gws.agent("carol").hasSession()).isFalse();
    }
}
