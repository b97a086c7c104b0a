package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.TcpProxy;
import org.imsession.simulator.TcpProxy.Toxic;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F03 to F10: what the network does to us between the server and here. */
class BadNetworkTest {

    private static final Duration MAX_INTERVAL = Duration.ofMillis(1500);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(MAX_INTERVAL)
            .withTimeout(Duration.ofMillis(500))).agent("alice", "secret");

    private TcpProxy proxy;

    @BeforeEach
    void proxy() {
        proxy = TcpProxy.to(gws.port());
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private void patient() {
        gws.settings(settings -> settings.withMaxInterval(Duration.ofSeconds(30)));
    }

    private void acknowledging(boolean acknowledging) {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
    }

    private ListeningRoute listening(String... options) throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(proxy.url(), "alice", options));
        route.awaitSettled();
        return route;
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsTriedAgain() throws Exception {
        Toxic hang = new Toxic.AcceptAndHang();
        proxy.add(hang);
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(proxy.url(), "alice", "requestTimeout=300"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getFeedReason(), reason -> reason.contains("no whole answer within 0.3 s"));
            proxy.clear();
            route.awaitState("LIVE");
        }
    }

    static Stream<Arguments> cuts() {
        return Stream.of(true, false).flatMap(reset -> Stream.of(true, false).flatMap(acknowledging ->
                IntStream.of(0, 1, 20, 150, 250, 400, 1000, 2500).mapToObj(bytes ->
                        Arguments.argumentSet((reset ? "RST" : "FIN") + " after " + bytes
                                + (acknowledging ? " bytes, acknowledging" : " bytes"), bytes, reset, acknowledging))));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void anAnswerThatIsCutCostsNothingOrIsOneGap(int bytes, boolean reset, boolean acknowledging) throws Exception {
        patient();
        acknowledging(acknowledging);
        try (ListeningRoute route = listening()) {
            SimulatedSession session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            // else the snapshot's answer could be the one that is cut
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().isResynchronised());
            proxy.add(reset ? Toxic.resetOnceAfter(bytes) : Toxic.closeOnceAfter(bytes));
            List<String> texts = List.of("one", "two", "three");
            texts.forEach(session::says);
            // a connection that is cut while it rests in the pool is nobody's business, so it need not be noticed
            AtomicInteger more = new AtomicInteger();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                session.says("more");
                return route.consumer().getAttempts() > 0 || more.incrementAndGet() > 50;
            });
            session.says("last");
            List<String> arrived = new ArrayList<>();
            do {
                arrived.add(said(route.takeBody()));
            } while (!arrived.contains("last"));
            List<String> whole = arrived.stream().filter(texts::contains).toList();
            if (acknowledging || route.consumer().getAttempts() == 0) {
                assertThat(whole).isEqualTo(texts);
                assertThat(route.attribute("Gaps")).isEqualTo("0");
            } else {
                assertThat(whole).isSortedAccordingTo(Comparator.comparing(texts::indexOf));
                assertThat(arrived).as("the gap, told before what came after it").containsOnlyOnce("gap");
            }
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("the session survives").isEqualTo(1);
        }
    }

    /** Behind a gap the state of the session is told anew, as soon as the list has come. */
    private static String said(Object body) {
        return body instanceof IMLogUpdateMessage text ? text.message() : body instanceof FeedGap ? "gap" : "state";
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void oneByteAtATimeIsNoTrouble(boolean acknowledging) throws Exception {
        patient();
        acknowledging(acknowledging);
        try (ListeningRoute route = listening()) {
            proxy.add(Toxic.slices(1, Duration.ofNanos(100_000)));
            SimulatedSession session = gws.agent("alice").session();
            session.says("one").says("two").says("Gr\u00fc\u00dfe \ud83d\ude00");
            assertThat(route.inbox().takeTexts(3)).containsExactly("one", "two", "Gr\u00fc\u00dfe \ud83d\ude00");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void latencyIsNoStaleConnection(boolean acknowledging) throws Exception {
        patient();
        acknowledging(acknowledging);
        try (ListeningRoute route = listening()) {
            proxy.add(Toxic.latency(Duration.ofMillis(300), Duration.ofMillis(200)));
            SimulatedSession session = gws.agent("alice").session();
            session.says("one");
            assertThat(route.takeText()).isEqualTo("one");
            session.says("two");
            assertThat(route.takeText()).isEqualTo("two");
            assertThat(route.consumer().getFeedState()).isEqualTo("LIVE");
            assertThat(route.consumer().getAttempts()).isZero();
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    /** Shorter than maxInterval nothing is lost, longer the session is, and that is told. */
    @ParameterizedTest
    @CsvSource({ "true, 0", "true, 2000", "false, 0", "false, 2000" })
    void aSilentPeerIsNoticedInBoundedTime(boolean acknowledging, long silenceMillis) throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = listening("requestTimeout=500")) {
            SimulatedSession session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            proxy.add(new Toxic.Stall());
            session.says("meanwhile");
            route.awaitState("RECONNECTING");
            long until = System.nanoTime() + Duration.ofMillis(silenceMillis).toNanos();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> System.nanoTime() >= until);
            proxy.endConnections(true);
            proxy.clear();
            route.awaitState("LIVE");
            session.says("after");
            List<String> arrived = route.inbox().takeTextsUntil("after");
            if (acknowledging && gws.requests().count(Step.HANDSHAKE) == 1) {
                assertThat(arrived).containsExactly("meanwhile", "after");
            }
            assertThat(arrived.contains("meanwhile") || !route.attribute("Gaps").equals("0"))
                    .as("lost without a gap").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void anOutageShorterThanTheServerWaitsCostsNothing(boolean reset) throws Exception {
        patient();
        gws.restart();
        try (ListeningRoute route = listening()) {
            SimulatedSession session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            proxy.refuse();
            proxy.endConnections(reset);
            route.awaitState("RECONNECTING");
            session.says("meanwhile").says("and more");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getAttempts() >= 2);
            proxy.acceptAgain();
            assertThat(route.inbox().takeTexts(2)).containsExactly("meanwhile", "and more");
            route.awaitState("LIVE");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void anOutageLongerThanTheServerWaitsIsOneGapAndTheSessionsAreReadAgain(boolean acknowledging) throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = listening()) {
            SimulatedSession session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            proxy.refuse();
            proxy.endConnections(true);
            route.awaitState("RECONNECTING");
            session.says("lost").complete();
            assertThat(gws.agent("alice").awaitSubscribers(0, ListeningRoute.PATIENCE)).isTrue();
            proxy.acceptAgain();
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
            assertThat(Duration.between(gap.from(), gap.to())).isGreaterThan(Duration.ofSeconds(1));
            assertThat(route.takeOrigin("snapshot").getIn().getHeader("CamelIMSessionState")).hasToString("COMPLETED");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }
}
