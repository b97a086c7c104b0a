package org.imsession.simulatortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a replay no answer overtakes another one that came before it, though they go by several connections. */
class ReplayOrderTest {

    private static final String TOPIC = "/v2/me/im-sessions";

    @TempDir
    Path folder;

    /** A server without acknowledgements puts events into any answer of the session. */
    @Test
    void eventsInTheAnswerToASubscriptionDoNotOvertakeThoseOfTheConnectBeforeIt() throws Exception {
        try (GwsServer gws = GwsServer.replaying(GwsSettings.defaults(), recording(), true).start()) {
            HttpAgent http = HttpAgent.loggedIn(gws, "alice", "secret");
            RawBayeux bayeux = new RawBayeux(http);
            bayeux.handshake(false);
            bayeux.subscribe(TOPIC);
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

    private Path recording() throws Exception {
        return Files.write(folder.resolve("order.jsonl"), List.of(
                "{\"format\":\"imsession-recording\",\"version\":1,\"texts\":\"replaced\"}",
                answer(1, "LOGIN", "/me", "\"body\":{\"user\":{\"userName\":\"alice\"},\"statusCode\":0}"),
                answer(2, "HANDSHAKE", "/notifications/handshake", batch("", "\"channel\":\"/meta/handshake\","
                        + "\"id\":\"1\",\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"],"
                        + "\"clientId\":\"abc\"")),
                answer(3, "SUBSCRIBE", "/notifications/subscribe", batch("", subscribed(TOPIC))),
                answer(4, "CONNECT", "/notifications/connect", batch("", connected())),
                answer(5, "CONNECT", "/notifications/connect", batch(text("first"), connected())),
                answer(6, "SUBSCRIBE_SERVICES", "/notifications/subscribe",
                        batch(text("second"), subscribed("/notifications/services"))),
                answer(7, "CONNECT", "/notifications/connect", batch(text("third"), connected()))));
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
