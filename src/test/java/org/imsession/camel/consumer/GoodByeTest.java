package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Row 12 of what must be true: a session that is given up is told so. Else the server holds its connect until its own
 * time is up, and takes the next session for a second one of the same browser. Its good-bye is never answered here, so
 * the next session cannot have waited for it.
 */
class GoodByeTest {

    private static final String REFUSED = "{\"channel\":\"/meta/subscribe\",\"successful\":false,"
            + "\"error\":\"403:denied:subscribe_denied\"}";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @RegisterExtension
    final LogLines log = new LogLines();

    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();
    private final CountDownLatch shake = new CountDownLatch(1);

    /** All is well but for what the way says about the first session; it says {@code null} where nothing is odd. */
    private BayeuxLie server(BayeuxLie.Talk way) {
        return new BayeuxLie((channel, message) -> {
            if (channel.equals("/meta/handshake")) {
                connects.set(0);
                return List.of(BayeuxLie.shaken(message, "session-" + handshakes.incrementAndGet()));
            }
            if (channel.equals("/meta/connect")) {
                connects.incrementAndGet();
            }
            List<String> odd = message.path("clientId").asText().equals("session-1") ? way.to(channel, message) : null;
            if (odd != null || channel.equals("/meta/disconnect")) {
                return odd != null ? odd : BayeuxLie.NOTHING;
            }
            if (channel.equals("/meta/connect")) {
                return connects.get() > 1 ? BayeuxLie.NOTHING : List.of(BayeuxLie.numbered(message, 1));
            }
            return List.of(BayeuxLie.reply(message, ""));
        });
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way("subscription refused", "/meta/subscribe", message -> List.of(REFUSED)),
                way("subscription not answered", "/meta/subscribe", message -> BayeuxLie.NOTHING),
                way("subscription without a reply", "/meta/subscribe", message -> List.of()),
                way("first connect is not answered", "/meta/connect", message -> BayeuxLie.NOTHING),
                way("first connect is broken", "/meta/connect", message -> List.of("{\"channel\":5,")),
                way("every connect is broken", "/meta/connect", message ->
                        List.of(BayeuxLie.numbered(message, 1), "{\"channel\":5,")));
    }

    private interface Odd {

        List<String> to(JsonNode message);
    }

    private static Arguments way(String name, String step, Odd odd) {
        BayeuxLie.Talk way = (channel, message) -> channel.equals(step) ? odd.to(message) : null;
        return Arguments.argumentSet(name, way);
    }

    private static void awaitGoodBye(BayeuxLie bayeux) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                assertThat(goodByes(bayeux)).containsExactly("session-1"));
    }

    private static List<String> goodByes(BayeuxLie bayeux) {
        return bayeux.messages("/meta/disconnect").stream().map(message -> message.path("clientId").asText()).toList();
    }

    private void givesUp(BayeuxLie bayeux, StateRepository<String, String> repository, boolean told) throws Exception {
        try (LyingServer server = LyingServer.telling(bayeux);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                     "requestTimeout=500", "stateRepository=" + (repository == null ? "" : "#state")),
                     exchange -> { }, repository == null ? new MemoryStateRepository() : repository)) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> handshakes.get() > 1);
            route.awaitState("LIVE");
            if (told) {
                awaitGoodBye(bayeux);
            } else {
                assertThat(goodByes(bayeux)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aSessionThatIsGivenUpIsToldGoodBye(BayeuxLie.Talk way) throws Exception {
        givesUp(server(way), null, true);
    }

    /** Our own repository is locked, so nobody else can go on with the session. */
    @ParameterizedTest
    @MethodSource("ways")
    void aSessionThatIsGivenUpIsToldGoodByeAlsoIfThePositionIsKept(BayeuxLie.Talk way, @TempDir Path folder)
            throws Exception {
        FilePositionRepository files = new FilePositionRepository();
        files.setFolder(folder.toString());
        givesUp(server(way), files, true);
    }

    /** Whoever has taken over the position while this process slept or was cut off goes on with the session. */
    @ParameterizedTest
    @MethodSource("ways")
    void aSessionThatAnotherProcessMayHaveIsNotToldGoodBye(BayeuxLie.Talk way) throws Exception {
        givesUp(server(way), new MemoryStateRepository(), false);
    }

    @Test
    void aSessionThatTheServerDoesNotKnowIsNotToldGoodBye() throws Exception {
        givesUp(server((channel, message) -> channel.equals("/meta/connect") && connects.get() > 1
                ? List.of(BayeuxLie.unknown(message)) : null), null, false);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aSessionWhoseNumbersAreWrongIsToldGoodBye(List<Integer> numbers) throws Exception {
        givesUp(server((channel, message) -> channel.equals("/meta/connect")
                ? List.of(BayeuxLie.numbered(message, numbers.get(Math.min(connects.get(), numbers.size()) - 1)))
                : null), null, true);
    }

    static Stream<Arguments> numbers() {
        return Stream.of(Arguments.argumentSet("too high", List.of(1, 100, 200, 300, 400, 500, 600)),
                Arguments.argumentSet("anew", List.of(8, 9, 1)));
    }

    /** CometD itself took the next session for a second one of the same browser, and held its connects no longer. */
    @Test
    void letsTheServerForgetTheSessionBeforeTheNextOneWaits() throws Exception {
        gws.faults().once(Step.SUBSCRIBE, new Fault.Hang());
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            assertThat(gws.requests().count(Step.HANDSHAKE)).isGreaterThan(1);
            assertThat(gws.awaitRequest(Step.DISCONNECT, 1, ListeningRoute.PATIENCE)).isTrue();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    gws.agent("alice").clientIds().size() == 1);
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            gws.agent("alice").session().says("Hello");
            assertThat(route.takeText()).isEqualTo("Hello");
            assertThat(log.with("IMS-010")).isEmpty();
        }
    }

    /** The server has the session only then, and used to be told of a session without id. */
    @Test
    void aHandshakeAnsweredAfterTheRouteWasStoppedIsToldGoodBye() throws Exception {
        BayeuxLie late = new BayeuxLie((channel, message) -> {
            if (channel.equals("/meta/handshake")) {
                try {
                    shake.await(ListeningRoute.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return List.of(BayeuxLie.shaken(message, "session-1"));
            }
            return List.of(BayeuxLie.reply(message, ""));
        });
        try (LyingServer server = LyingServer.telling(late)) {
            ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                    "requestTimeout=15000", "stopTimeout=15000"));
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    !late.messages("/meta/handshake").isEmpty());
            IMSessionConsumer consumer = route.consumer();
            Thread stopping = new Thread(route::close);
            stopping.start();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    !consumer.getFeedState().equals("HANDSHAKING"));
            shake.countDown();
            awaitGoodBye(late);
            stopping.join();
        }
    }
}
