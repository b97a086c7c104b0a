package com.example.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application as it is, with a simulated GWS. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
    "chats.texts=mock:texts", "camel.component.imsession.reconnect-delay=100ms"})
class ApplicationTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** Spring Boot 4 writes the details before the status. */
    private static final String UP = "\"camelHealth\":\\{(\"details\":.*)?\"status\":\"UP\"";

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    static Path secrets;

    @Autowired
    private CamelContext camel;
    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) throws IOException {
        Path password = Files.writeString(secrets.resolve("alice"), "secret");
        properties.add("camel.component.imsession.password-file", password::toString);
        GWS.start();
        properties.add("camel.component.imsession.server-url", GWS::url);
    }

    @Test
    void aTextArrivesWithATypedBody() throws Exception {
        MockEndpoint texts = camel.getEndpoint("mock:texts", MockEndpoint.class);
        texts.reset();
        texts.expectedMessageCount(1);
        assertThat(GWS.agent("alice").awaitSubscribed(SOON)).isTrue();

        GWS.agent("alice").session().says("Hello");

        texts.assertIsSatisfied(SOON.toMillis());
        assertThat(texts.getExchanges().get(0).getMessage().getBody(IMLogUpdateMessage.class).message())
                .isEqualTo("Hello");
    }

    @Test
    void theOptionsOfTheFileAreApplied() {
        assertThat(component().getConfiguration().getConnectTimeout()).isEqualTo(5000);
    }

    @Test
    void anEnvironmentVariableOverridesTheFile() {
        assertThat(System.getenv("CAMEL_COMPONENT_IMSESSION_MAX_PENDING")).isEqualTo("321");
        assertThat(component().getConfiguration().getMaxPending()).isEqualTo(321);
    }

    @Test
    void readinessFollowsTheConnectionAndLivenessDoesNot() {
        awaitReadiness(200, UP);
        GWS.stop();
        try {
            awaitReadiness(503, "\"consumer:chats\":\"DOWN\"");
            assertThat(get("/actuator/health/readiness").body()).contains("\"agent\":\"alice\"")
                    .contains("\"reason\":");
            assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            GWS.start();
        }
        awaitReadiness(200, UP);
    }

    private IMSessionComponent component() {
        return camel.getComponent("imsession", IMSessionComponent.class);
    }

    private void awaitReadiness(int status, String detail) {
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> answer = get("/actuator/health/readiness");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).containsPattern(detail);
        });
    }

    private HttpResponse<String> get(String path) {
        try {
            return HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
