package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A replay keeps order, batches and time of what came: no answer overtakes another one that came before it, though
 * they go by several connections.
 */
class ReplayOrderTest {

    private static final String TOPIC = "/v2/me/im-sessions";
    private static final int HOUR = 3_600_000;

    @TempDir
    Path folder;

    /** A server without acknowledgements puts events into any answer of the session. */
    @Test
    void eventsInTheAnswerToASubscriptionDoNotOvertakeThoseOfTheConnectBeforeIt() throws Exception {
        Path file = recording(
                answer(5, "CONNECT", "/notifications/connect", batch(text("first"), connected())),
                answer(6, "SUBSCRIBE_SERVICES", "/notifications/subscribe",
                        batch(text("second"), subscribed("/notifications/services"))),
                answer(7, "CONNECT", "/notifications/connect", batch(text("third"), connected())));
        try (GwsServer gws = GwsServer.replaying(GwsSettings.defaults(), file, true).start()) {
            HttpAgent http = HttpAgent.loggedIn(gws, "alice", "secret");
            RawBayeux bayeux = subscribed(http);
            CompletableFuture<HttpAgent.Answer> services = bayeux.subscribeLater("/notifications/services");
            assertThat(bayeux.connect(-1).text()).contains("\"first\"");
            http.get("/api/v2/me"); // more than enough time for an answer that has been sent

            assertThat(services).isNotDone();
            CompletableFuture<HttpAgent.Answer> second = bayeux.connectLater(-1);

            assertThat(services.get(30, TimeUnit.SECONDS).text()).contains("\"second\"");
            assertThat(second).isNotDone();
            assertThat(second.get(30, TimeUnit.SECONDS).text()).contains("\"third\"");
        }
    }

    /** Of two connects that wait the older one is answered at once: with what was an hour later if that has come. */
    @ParameterizedTest(name = "fast {0}")
    @ValueSource(booleans = { true, false })
    void whatCameTogetherComesTogetherAndWhatCameAnHourLaterInAnHourUnlessItIsFast(boolean fast) throws Exception {
        Path file = recording(
                answer(5, "CONNECT", "/notifications/connect", batch(text("one") + text("two"), connected())),
                answer(HOUR, "CONNECT", "/notifications/connect", batch(text("later"), connected())));
        try (GwsServer gws = GwsServer.replaying(GwsSettings.defaults(), file, fast).start()) {
            RawBayeux bayeux = subscribed(HttpAgent.loggedIn(gws, "alice", "secret"));
            assertThat(bayeux.connect(-1).text()).containsSubsequence("\"one\"", "\"two\"").doesNotContain("\"later\"");

            CompletableFuture<Object> next = CompletableFuture.anyOf(bayeux.connectLater(-1), bayeux.connectLater(-1));
            HttpAgent.Answer answer = (HttpAgent.Answer) next.get(30, TimeUnit.SECONDS);
            assertThat(answer.text().contains("\"later\"")).isEqualTo(fast);
        }
    }

    private static RawBayeux subscribed(HttpAgent http) throws Exception {
        RawBayeux bayeux = new RawBayeux(http);
        bayeux.handshake(false);
        bayeux.subscribe(TOPIC);
        return bayeux;
    }

    /** Of an agent who logs in and subscribes, and of what comes then. */
    private Path recording(String... more) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "{\"format\":\"imsession-recording\",\"version\":1,\"texts\":\"replaced\"}",
                answer(1, "LOGIN", "/me", "\"body\":{\"user\":{\"userName\":\"alice\"},\"statusCode\":0}"),
                answer(2, "HANDSHAKE", "/notifications/handshake", batch("", "\"channel\":\"/meta/handshake\","
                        + "\"id\":\"1\",\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"],"
                        + "\"clientId\":\"abc\"")),
                answer(3, "SUBSCRIBE", "/notifications/subscribe", batch("", subscribed(TOPIC))),
                answer(4, "CONNECT", "/notifications/connect", batch("", connected()))));
        lines.addAll(List.of(more));
        return Files.write(folder.resolve("order.jsonl"), lines);
    }

    private static String answer(int millis, String step, String path, String what) {
        return "{\"ms\":" + millis + ",\"agent\":\"alice\",\"steps\":[\"" + step + "\"],\"path\":\"" + path
                + "\",\"end\":\"WHOLE\",\"status\":200,\"type\":\"application/json\"," + what + "}";
    }

    private static String batch(String event, String reply) {
        return "\"again\":0,\"batch\":[" + event + "{" + reply + ",\"successful\":true}]";
    }

    private static String subscribed(String channel) {
        return "\"channel\":\"/meta/subscribe\",\"id\":\"2\",\"subscription\":\"" + channel + "\"";
    }

    private static String connected() {
        return "\"channel\":\"/meta/connect\",\"id\":\"3\"";
    }

    private static String text(String text) {
        return "{\"channel\":\"" + TOPIC + "\",\"data\":{\"messageType\":\"IMLogUpdateMessage\",\"message\":\"" + text
                + "\"}},";
    }
}
