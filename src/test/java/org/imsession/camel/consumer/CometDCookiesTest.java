package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the requests of CometD do with cookies is what those of REST do. */
class CometDCookiesTest {

    private static final String NOTIFICATIONS = "/api/v2/notifications";

    private final BayeuxLie bayeux = new BayeuxLie((channel, message) -> switch (channel) {
        case "/meta/handshake" -> List.of(BayeuxLie.shaken(message, "c1"));
        case "/meta/connect" -> message.has("advice") ? List.of(BayeuxLie.numbered(message, 0)) : BayeuxLie.NOTHING;
        default -> List.of(BayeuxLie.reply(message, ""));
    });

    /** Each message of that channel, or without cookies the second connect only, which the server may hold. */
    private Lie at(String channel, Answer answer, String... cookies) {
        AtomicBoolean armed = new AtomicBoolean(true);
        return (request, wire) -> {
            if (request.path().endsWith("/me")) {
                Answer login = Answer.json(200, "{\"statusCode\":0,\"user\":{\"id\":\"1\",\"userName\":\"alice\"}}");
                for (String cookie : cookies) {
                    login = login.header("Set-Cookie", cookie);
                }
                login.tell(request, wire);
            } else if (request.path().startsWith(NOTIFICATIONS)
                    && request.json().path(0).path("channel").asText().equals(channel)
                    && (cookies.length > 0 || !request.json().path(0).has("advice") && armed.getAndSet(false))) {
                answer.tell(request, wire);
            } else {
                bayeux.tell(request, wire);
            }
        };
    }

    /** CometD puts the step behind the path. */
    private static List<Heard> notifications(LyingServer server) {
        return server.requests().stream().filter(each -> each.path().startsWith(NOTIFICATIONS)).toList();
    }

    /** Otherwise nobody finds out why the server does not know who it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/meta/handshake | id=none-shall-see; Path=/; Secure | the cookie id (Secure, and this is http)",
        "/meta/connect | id=none-shall-see; Path=/; Secure | the cookie id (Secure, and this is http)",
        "/meta/subscribe | id=none-shall-see; Path=/; Secure | the cookie id (Secure, and this is http)",
        "/meta/connect | id=none-shall-see; Path=/other | the cookie id (for the path /other, and this is /api/v2/n",
        "/meta/connect | id=none-shall-see; Path=/api/v2/me | the cookie id (for the path /api/v2/me, and this is" })
    void oneThatIsRightlyNotSentIsNamedWhenTheServerAsksWhoItIs(String channel, String cookie, String named)
            throws Exception {
        try (LyingServer server = LyingServer.telling(at(channel, Answer.html(401, ""), cookie,
                     "route=1; Path=/"));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.consumer().getFeedReason()).contains(channel + ": HTTP status 401", named)
                            .doesNotContain("none-shall-see", "route"));
            assertThat(notifications(server)).allSatisfy(request ->
                    assertThat(request.header("Cookie")).contains("route=1"));
        }
    }

    /** A gateway's refusal may move us to another node. */
    @ParameterizedTest
    @ValueSource(ints = { 200, 302, 401, 403, 429, 500, 502, 503 })
    void oneOfAnAnswerOfAnyStatusIsKept(int status) throws Exception {
        try (LyingServer server = LyingServer.telling(at("/meta/connect", Answer.html(status, "")
                     .header("Set-Cookie", "node=b; Path=/; HttpOnly")));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
                List<Heard> all = notifications(server);
                return !all.isEmpty() && all.get(all.size() - 1).header("Cookie").orElse("").contains("node=b");
            });
            route.awaitState("LIVE");
        }
    }
}
