package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several nodes behind a load balancer that is not sticky: each knows the sessions for which it shook hands itself. The
 * feed never came up, and a single line at the beginning spoke of an unknown client.
 */
class NotStickyTest {

    private static final String STICKY = "sticky sessions";

    @RegisterExtension
    final LogLines log = new LogLines();

    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final List<Set<String>> nodes = List.of(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());

    /** What a server says that is well. */
    private List<String> well(String channel, JsonNode message) {
        return switch (channel) {
            case "/meta/handshake" -> {
                connects.set(0);
                yield List.of(BayeuxLie.shaken(message, "session-" + handshakes.incrementAndGet()));
            }
            case "/meta/connect" -> connects.incrementAndGet() > 1 ? BayeuxLie.NOTHING
                    : List.of(BayeuxLie.numbered(message, 1));
            default -> List.of(BayeuxLie.reply(message, ""));
        };
    }

    private BayeuxLie.Talk odd(String step, Odd odd) {
        return (channel, message) -> {
            List<String> answer = channel.equals(step) ? odd.to(message) : null;
            return answer != null ? answer : well(channel, message);
        };
    }

    private interface Odd {

        List<String> to(JsonNode message);
    }

    private static List<String> error(JsonNode to, String error) {
        return List.of("{\"channel\":" + to.get("channel") + ",\"id\":" + to.get("id")
                + ",\"successful\":false,\"error\":\"" + error + "\"}");
    }

    /** Two nodes that answer in turn, whatever the request. */
    private List<String> inTurn(String channel, JsonNode message) {
        Set<String> node = nodes.get(turns.getAndIncrement() % nodes.size());
        String id = message.path("clientId").asText();
        if (!channel.equals("/meta/handshake") && !node.contains(id)) {
            return List.of(BayeuxLie.unknown(message));
        }
        List<String> answer = well(channel, message);
        if (channel.equals("/meta/handshake")) {
            node.add("session-" + handshakes.get());
        }
        return answer;
    }

    private static Arguments way(String name, Way way) {
        return Arguments.argumentSet(name, way);
    }

    private interface Way {

        BayeuxLie.Talk of(NotStickyTest test);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way("in turn", test -> test::inTurn),
                way("subscription", test -> test.odd("/meta/subscribe", message -> List.of(BayeuxLie.unknown(message)))),
                way("subscription, without advice", test -> test.odd("/meta/subscribe",
                        message -> error(message, "402::session_unknown"))),
                way("subscription, other code", test -> test.odd("/meta/subscribe",
                        message -> error(message, "403::Unknown client"))),
                way("first connect", test -> test.odd("/meta/connect", message -> List.of(BayeuxLie.unknown(message)))),
                way("first connect, without advice", test -> test.odd("/meta/connect",
                        message -> error(message, "402::Unknown client"))),
                way("connect after one that was answered", test -> test.odd("/meta/connect", message ->
                        test.connects.get() > 0 ? List.of(BayeuxLie.unknown(message)) : null)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aMissingStickinessIsSaidForAsLongAsItLastsAndEachSessionLeftBehindIsToldGoodBye(Way way) throws Exception {
        BayeuxLie bayeux = new BayeuxLie(way.of(this));
        try (LyingServer server = LyingServer.telling(bayeux);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> handshakes.get() > 4);
            HealthCheck.Result health = route.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElseThrow()).contains(STICKY);
            assertThat(log.with("IMS-018")).hasSize(1).first().asString().contains("agent=alice", STICKY);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(bayeux.messages("/meta/disconnect")).extracting(each -> each.path("clientId").asText())
                            .contains("session-2", "session-3"));

            bayeux.say(this::well);
            route.awaitState("LIVE");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.attribute("FeedReason")).doesNotContain("402::"));
        }
    }

    @Test
    void aMissingStickinessIsOverWithASessionThatIsKnownAtItsSecondConnect() throws Exception {
        BayeuxLie bayeux = new BayeuxLie(odd("/meta/subscribe", message -> List.of(BayeuxLie.unknown(message))));
        try (LyingServer server = LyingServer.telling(bayeux);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> !log.with("IMS-018").isEmpty());
            bayeux.say((channel, message) -> channel.equals("/meta/connect") && connects.getAndIncrement() < 2
                    ? List.of(BayeuxLie.numbered(message, connects.get())) : well(channel, message));
            route.awaitState("LIVE");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP));
        }
    }

    /** A server that is restarted has forgotten its sessions, too, and one that denies a subscription knows the session. */
    static Stream<Arguments> others() {
        return Stream.of(
                way("one session is forgotten", test -> test.odd("/meta/connect", message ->
                        test.connects.get() > 0 && test.handshakes.get() == 1 ? List.of(BayeuxLie.unknown(message))
                                : null)),
                way("subscription denied", test -> test.odd("/meta/subscribe", message ->
                        test.handshakes.get() < 3 ? error(message, "403:denied:subscribe_denied") : null)),
                way("handshake refused", test -> test.odd("/meta/handshake", message ->
                        test.turns.getAndIncrement() < 2 ? error(message, "403::Handshake denied") : null)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void aMissingStickinessIsNotSaidOfWhatHasAnotherReason(Way way) throws Exception {
        try (LyingServer server = LyingServer.telling(new BayeuxLie(way.of(this)));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> handshakes.get() + turns.get() > 1);
            route.awaitState("LIVE");
            assertThat(log.with(STICKY)).isEmpty();
        }
    }

    /** The login is known to one node, and the next request goes to another. */
    @ParameterizedTest
    @MethodSource("loginLost")
    void aHandshakeRefusedBehindAnAcceptedLoginRemindsOfStickiness(Answer refusal) throws Exception {
        BayeuxLie bayeux = new BayeuxLie(this::well);
        Lie twoNodes = (request, wire) ->
                (request.path().contains("/notifications") ? refusal : bayeux).tell(request, wire);
        try (LyingServer server = LyingServer.telling(twoNodes);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() -> {
                assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
                assertThat(route.health().getMessage().orElseThrow()).contains(STICKY);
            });
        }
    }

    static Stream<Answer> loginLost() {
        return Stream.of(Answer.status(401), Answer.status(302));
    }

    static Stream<Arguments> refusedLater() {
        return Stream.of("/meta/subscribe", "/meta/connect").flatMap(channel -> Stream.of(401, 403, 302)
                .map(status -> Arguments.of(channel, Answer.status(status), 0)));
    }

    /** A session that was well until its login is refused, and the new one, too, at once. */
    static Stream<Arguments> refusedInVain() {
        return Stream.of(401, 403).map(status -> Arguments.of("/meta/connect", Answer.status(status), 6));
    }

    /** The node that shook hands knows the login, and the one that gets the next request does not. */
    @ParameterizedTest
    @MethodSource({ "refusedLater", "refusedInVain" })
    void aRequestRefusedRightBehindAnAcceptedLoginRemindsOfStickiness(String channel, Answer refusal, int well)
            throws Exception {
        AtomicInteger answered = new AtomicInteger();
        BayeuxLie bayeux = new BayeuxLie((step, message) -> step.equals("/meta/connect") && answered.get() < well
                ? List.of(BayeuxLie.numbered(message, answered.get())) : well(step, message));
        Lie otherNode = (request, wire) -> {
            boolean meant = request.path().contains("/notifications")
                    && request.json().path(0).path("channel").asText().equals(channel);
            (meant && answered.getAndIncrement() >= well ? refusal : bayeux).tell(request, wire);
        };
        try (LyingServer server = LyingServer.telling(otherNode);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> !log.with("IMS-018").isEmpty());
            HealthCheck.Result health = route.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElseThrow()).contains(STICKY);
            assertThat(log.with("IMS-018")).hasSize(1).first().asString().contains("agent=alice", STICKY);
        }
    }

    /** A login that has expired is renewed, and all is well. */
    @ParameterizedTest
    @MethodSource("loginLost")
    void aRenewedLoginThatIsGoodDoesNotRemindOfStickiness(Answer refusal) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        BayeuxLie bayeux = new BayeuxLie((step, message) -> step.equals("/meta/connect") && answered.get() < 12
                ? List.of(BayeuxLie.numbered(message, answered.get())) : well(step, message));
        Lie expiring = (request, wire) -> {
            boolean connect = request.path().contains("/notifications")
                    && request.json().path(0).path("channel").asText().equals("/meta/connect");
            (connect && answered.incrementAndGet() % 4 == 3 ? refusal : bayeux).tell(request, wire);
        };
        try (LyingServer server = LyingServer.telling(expiring);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> answered.get() >= 12);
            route.awaitState("LIVE");
            assertThat(log.with(STICKY)).isEmpty();
        }
    }

    /** CometD's client ends at the pushed disconnect, and does not look at what stands beside it. */
    @ParameterizedTest
    @MethodSource("orders")
    void theReasonBesideAPushedDisconnectIsTold(boolean before) throws Exception {
        String pushed = "{\"channel\":\"/meta/disconnect\",\"successful\":true}";
        BayeuxLie bayeux = new BayeuxLie(odd("/meta/connect", message -> {
            if (connects.get() == 0 || handshakes.get() > 1) {
                return null;
            }
            String reply = error(message, "402::the node is drained").get(0);
            return before ? List.of(reply, pushed) : List.of(pushed, reply);
        }));
        try (LyingServer server = LyingServer.telling(bayeux);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> handshakes.get() > 1);
            route.awaitState("LIVE");
            assertThat(log.with("BACKING_OFF")).hasSize(1).first().asString().contains("402::the node is drained");
        }
    }

    static Stream<Boolean> orders() {
        return Stream.of(false, true);
    }
}
