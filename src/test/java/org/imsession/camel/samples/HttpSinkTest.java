package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the two HTTP sinks, that in YAML and that in Java. */
class HttpSinkTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;
    private HttpService service;

    @BeforeEach
    void startService() throws Exception {
        service = new HttpService();
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void theDocumentedNotificationsArriveAsJson(String sink) throws Exception {
        try (SampleRoutes routes = start(sink, "application-json")) {
            gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);

            HttpService.Post stateChange = service.take();
            assertThat(stateChange.method()).isEqualTo("POST");
            assertThat(stateChange.contentType()).isEqualTo("application/json");
            assertThat(stateChange.headers()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
            assertThat(JSON.readTree(stateChange.body()).path("imSession").path("id").asText())
                    .isEqualTo(Documented.SESSION);
            HttpService.Post message = service.take();
            assertThat(JSON.readTree(message.body())).isEqualTo(JSON.readTree(Documented.MESSAGE));
            assertThat(message.idempotencyKey()).startsWith("alice-").isNotEqualTo(stateChange.idempotencyKey());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void theyArriveAsCloudEventsWhenAskedFor(String sink) throws Exception {
        try (SampleRoutes routes = start(sink, "application-cloudevents")) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);

            HttpService.Post post = service.take();
            assertThat(post.contentType()).isEqualTo("application/cloudevents+json");
            JsonNode event = JSON.readTree(post.body());
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("source").asText()).isEqualTo("imsession://127.0.0.1:" + gws.port() + "/alice");
            assertThat(event.path("data")).isEqualTo(JSON.readTree(Documented.MESSAGE));
            assertThat(post.idempotencyKey()).isEqualTo("alice-" + event.path("id").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void userDataCommandsNothing(String sink) throws Exception {
        Map<String, String> userData = Map.of("CamelHttpUri", "http://127.0.0.1:1/", "camelhttpuri",
                "http://127.0.0.1:1/",
                "CamelHttpPath", "/evil", "CamelHttpMethod", "DELETE", "Content-Type", "text/evil");
        try (SampleRoutes routes = start(sink, "application-json")) {
            gws.agent("alice").session().talks().attach(userData);

            service.take();
            HttpService.Post attached = service.take();
            assertThat(attached.method()).isEqualTo("POST");
            assertThat(attached.contentType()).isEqualTo("application/json");
            assertThat(JSON.readTree(attached.body()).path("imSession").path("userData"))
                    .isEqualTo(JSON.valueToTree(userData));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void aServiceThatIsDownForAWhileGetsEachEventInOrder(String sink) throws Exception {
        service.answersFirst(500, 500);
        try (SampleRoutes routes = start(sink, "application-json")) {
            gws.agent("alice").session().says("first").says("second");

            List<String> states = List.of(service.take().body(), service.take().body(), service.take().body());
            assertThat(states).allMatch(states.get(0)::equals); // two attempts failed, the third did not
            assertThat(JSON.readTree(service.take().body()).path("message").asText()).isEqualTo("first");
            assertThat(JSON.readTree(service.take().body()).path("message").asText()).isEqualTo("second");
            assertThat(routes.deadLetters(sink + ".jsonl")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void whatTheServiceNeverTakesIsKeptInAFileAndTheNextEventGoesOn(String sink) throws Exception {
        service.answersFirst(500, 500, 500);
        try (SampleRoutes routes = start(sink, "application-json")) {
            gws.agent("alice").sendRaw(Documented.MESSAGE).sendRaw(Documented.STATE_CHANGE);
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertThat(JSON.readTree(service.take().body())).isEqualTo(JSON.readTree(Documented.MESSAGE));
            }
            assertThat(JSON.readTree(service.take().body()).has("imSession")).isTrue();
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(routes.deadLetters(sink + ".jsonl")).hasSize(1);
            assertThat(JSON.readTree(routes.deadLetters(sink + ".jsonl").get(0)))
                    .isEqualTo(JSON.readTree(Documented.MESSAGE));
        }
    }

    private SampleRoutes start(String sink, String format) throws Exception {
        return SampleRoutes.start(gws, folder, Map.of("im.to.state-changes", "direct:" + sink,
                "im.to.messages", "direct:" + sink, "im.http.url", service.url(), "im.http.format", format,
                "im.http.retries", "2", "im.http.retry-delay", "20"));
    }
}
