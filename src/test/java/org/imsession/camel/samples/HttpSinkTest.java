package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.consumer.LogLines;
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
    @RegisterExtension
    final LogLines log = new LogLines();
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
            JsonNode letter = JSON.readTree(routes.deadLetters(sink + ".jsonl").get(0));
            assertThat(letter.path("event")).isEqualTo(JSON.readTree(Documented.MESSAGE));
            assertThat(Instant.parse(letter.path("time").asText())).isBefore(Instant.now());
            assertThat(letter.path("status").asInt()).isEqualTo(500);
            assertThat(letter.path("reason").asText()).contains("statusCode: 500");
            assertThat(letter.path("contentType").asText()).isEqualTo("application/json");
            assertThat(letter.path("idempotencyKey").asText()).startsWith("alice-");
            assertThat(log.with("IMS-022").stream().filter(line -> line.contains(" WARN "))).singleElement().asString()
                    .contains("agent=alice event ", "is tried again by the route", "statusCode: 500");
            assertThat(log.with("events go through again")).as("a state change says nothing of texts").isEmpty();
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> !log.with("events go through again").isEmpty());
            assertThat(log.with("events go through again")).singleElement().asString()
                    .contains("3 failed attempts, 1 events given up");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void aDeadLetterOfAServiceThatIsNotThereSaysSo(String sink) throws Exception {
        service.close();
        try (SampleRoutes routes = start(sink, "application-cloudevents")) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.deadLetters(sink + ".jsonl").size() == 1);
            JsonNode letter = JSON.readTree(routes.deadLetters(sink + ".jsonl").get(0));
            assertThat(letter.path("reason").asText()).contains("Connect");
            assertThat(letter.has("status")).isFalse();
            assertThat(letter.path("event").path("data")).isEqualTo(JSON.readTree(Documented.MESSAGE));
        }
    }

    /** Also one as the samples wrote it before, which was the event alone. */
    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void deadLettersArePostedAgainInTheirOrderAsTheyWereWhenTheirFileIsMoved(String sink) throws Exception {
        service.answersFirst(500, 500, 500, 400, 400, 400, 422, 422, 422);
        try (SampleRoutes routes = start(sink, "application-cloudevents")) {
            gws.agent("alice").session().says("first").says("second");
            List<HttpService.Post> refused = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                HttpService.Post post = service.take();
                if (i % 3 == 0) {
                    refused.add(post);
                }
            }
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.deadLetters(sink + ".jsonl").size() == 3);
            Path letters = folder.resolve("dead-letter").resolve(sink + ".jsonl");
            Files.writeString(letters, JSON.readTree(Documented.MESSAGE) + "\n", StandardOpenOption.APPEND);
            Files.move(letters, folder.resolve("dead-letter/again").resolve(sink + ".jsonl"));
            for (HttpService.Post before : refused) {
                HttpService.Post again = service.take();
                assertThat(again.body()).isEqualTo(before.body());
                assertThat(again.contentType()).isEqualTo("application/cloudevents+json");
                assertThat(again.idempotencyKey()).isEqualTo(before.idempotencyKey());
            }
            assertThat(JSON.readTree(service.take().body())).isEqualTo(JSON.readTree(Documented.MESSAGE));
            await().atMost(SampleRoutes.PATIENCE).until(() ->
                    !Files.exists(folder.resolve("dead-letter/again").resolve(sink + ".jsonl")));
            assertThat(routes.deadLetters(sink + ".jsonl")).isEmpty();
        }
    }

    /** Camel's dead letter channel logged two for each attempt, which nothing turns off. */
    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void aServiceAndADeadLetterFileThatAreBothAwayAreOneStack(String sink) throws Exception {
        service.close();
        try (SampleRoutes routes = start(sink, "application-json")) {
            Path obstacle = Files.createDirectory(folder.resolve("dead-letter").resolve(sink + ".jsonl"));
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            IMSessionConsumer consumer = (IMSessionConsumer) routes.context().getRoute("im-agent").getConsumer();
            await().atMost(SampleRoutes.PATIENCE).until(() -> consumer.getRedeliveries() >= 3);
            assertThat(log.with("ErrorHandler - ")).as("what Camel says").isEmpty();
            assertThat(log.with("WARN")).singleElement().asString().contains("IMS-022", "Connect");
            Files.delete(obstacle);
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.deadLetters(sink + ".jsonl").size() == 1);
            JsonNode letter = JSON.readTree(routes.deadLetters(sink + ".jsonl").get(0));
            assertThat(letter.path("reason").asText()).contains("Connect");
            assertThat(letter.path("event")).isEqualTo(JSON.readTree(Documented.MESSAGE));
        }
    }

    /** Each of them wrote a line as often as the other failed. */
    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void nothingIsPostedTwiceWhenAnotherSinkOfTheEventFails(String sink) throws Exception {
        Path obstacle = Files.createDirectories(folder.resolve("im"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))).resolve("messages");
        Files.createFile(obstacle);
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of("im.to.messages", "direct:" + sink
                + ",direct:file-messages", "im.http.url", service.url(), "im.http.format", "application-json"))) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);
            service.take();
            IMSessionConsumer consumer = (IMSessionConsumer) routes.context().getRoute("im-agent").getConsumer();
            await().atMost(SampleRoutes.PATIENCE).until(() -> consumer.getRedeliveries() >= 2);
            Files.delete(obstacle);
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(service.taken()).isEqualTo(1);
        }
    }

    private SampleRoutes start(String sink, String format) throws Exception {
        return SampleRoutes.start(gws, folder, Map.of("im.to.state-changes", "direct:" + sink,
                "im.to.messages", "direct:" + sink, "im.http.url", service.url(), "im.http.format", format,
                "im.http.retries", "2", "im.http.retry-delay", "20"));
    }
}
