package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.IMSessionOperationException.Outcome;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads above 8 KB never left, and were told as a fault of the network; an operation as one that may be done. */
class LargeHeadsTest {

    private static final String NOTIFICATIONS = "/api/v2/notifications";
    private static final String OPERATION = "/api/v2/me/im-sessions/7";

    private final BayeuxLie bayeux = new BayeuxLie((channel, message) -> switch (channel) {
        case "/meta/handshake" -> List.of(BayeuxLie.shaken(message, "c1"));
        case "/meta/connect" -> message.has("advice") ? List.of(BayeuxLie.numbered(message, 0)) : BayeuxLie.NOTHING;
        default -> List.of(BayeuxLie.reply(message, ""));
    });

    /** Sets so many cookies of that length with each login. */
    private Lie setting(int many, int length) {
        return (request, wire) -> {
            if (!request.path().endsWith("/me")) {
                bayeux.tell(request, wire);
                return;
            }
            Answer answer = Answer.json(200, "{\"statusCode\":0,\"user\":{\"id\":\"1\",\"userName\":\"alice\"}}");
            for (int i = 0; i < many; i++) {
                answer = answer.header("Set-Cookie", "big" + i + "=" + "x".repeat(length) + "; Path=/");
            }
            answer.tell(request, wire);
        };
    }

    private static ListeningRoute prepared(int tokenLength) {
        AgentCredentials credentials = agent -> CompletableFuture.completedFuture(
                new Credential.BearerToken("t".repeat(tokenLength)));
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("token", credentials));
    }

    private static String uri(LyingServer server, String... options) {
        return ListeningRoute.uri(server.url(), "alice", options);
    }

    private static Exchange says(ListeningRoute route, LyingServer server, String... options) {
        return route.context().createProducerTemplate().request(uri(server, options)
                        + "&operation=sendMessage&destination=1234&devicePath=/devices/d1", exchange -> {
                    exchange.getIn().setBody("Hello");
                    exchange.getIn().setHeader(IMSessionConstants.TARGET_ID, "7");
                });
    }

    private static List<Heard> requests(LyingServer server, String path) {
        return server.requests().stream().filter(each -> each.path().startsWith(path)).toList();
    }

    @Test
    void threeCookiesAndALargeTokenGoThroughByRestAndCometD() throws Exception {
        try (LyingServer server = LyingServer.telling(setting(3, 3500));
             ListeningRoute route = prepared(9 * 1024).add("listening", uri(server, "password=", "credentials=#token"))
                     .start()) {
            route.awaitState("LIVE");
            assertThat(says(route, server, "password=", "credentials=#token").getException()).isNull();

            for (String path : List.of(NOTIFICATIONS, "/api/v2/me/im-sessions", OPERATION)) {
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> !requests(server, path).isEmpty());
                assertThat(requests(server, path)).allSatisfy(request -> {
                    assertThat(request.header("Cookie").orElseThrow()).hasSizeGreaterThan(3 * 3500);
                    assertThat(request.header("Authorization").orElseThrow()).hasSizeGreaterThan(9 * 1024);
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "70000, 65536", "66000, 65536", "9216, 8192" })
    void anOperationWithALargerTokenIsFailedAndNothingIsSent(int length, int limit) throws Exception {
        try (LyingServer server = LyingServer.telling(setting(0, 0)); ListeningRoute route = prepared(length).start()) {
            Exchange done = says(route, server, "password=", "credentials=#token", "maxRequestHeadSize=" + limit);

            assertThat(done.getException()).isInstanceOfSatisfying(IMSessionOperationException.class, failure -> {
                assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
                assertThat(failure.isRetryable()).isFalse();
                assertThat(failure).hasMessageContainingAll("more than " + limit, "the header Authorization (",
                        "maxRequestHeadSize").hasMessageNotContaining("ttt");
            });
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anOperationWithLargerCookiesIsFailedAndNotSent() throws Exception {
        try (LyingServer server = LyingServer.telling(setting(3, 3500)); ListeningRoute route = prepared(9).start()) {
            Exchange done = says(route, server, "maxRequestHeadSize=8192");

            assertThat(done.getException()).isInstanceOfSatisfying(IMSessionOperationException.class, failure -> {
                assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
                assertThat(failure).hasMessageContainingAll("more than 8192", "the cookie big");
            });
            assertThat(server.requests()).extracting(Heard::path).containsExactly("/api/v2/me");
        }
    }

    @Test
    void theOptionLetsALargerOneLeave() throws Exception {
        try (LyingServer server = LyingServer.telling(setting(0, 0)); ListeningRoute route = prepared(70_000).start()) {
            assertThat(says(route, server, "password=", "credentials=#token", "maxRequestHeadSize=131072")
                    .getException()).isNull();
            assertThat(server.requests(OPERATION)).singleElement().satisfies(request ->
                    assertThat(request.header("Authorization").orElseThrow()).hasSizeGreaterThan(70_000));
        }
    }

    /** By the login, and by the first request of CometD. */
    @ParameterizedTest
    @ValueSource(ints = { 70_000, 9 })
    void aFeedSaysWhatIsTooLarge(int token) throws Exception {
        try (LyingServer server = LyingServer.telling(setting(3, 3500));
             ListeningRoute route = prepared(token).add("listening", uri(server, "password=", "credentials=#token",
                     "maxRequestHeadSize=8192")).start()) {
            String large = token > 9 ? "the header Authorization (" : "the cookie big";
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.consumer().getFeedReason()).contains("is not sent", large));
            assertThat(requests(server, NOTIFICATIONS)).isEmpty();
        }
    }
}
