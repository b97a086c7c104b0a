package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose voice service is down: told at once, once for each process, and never by harm to the feeds. */
class MuteServerTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withTimeout(LONG).withMaxInterval(LONG))
            .agent("alice", "secret").agent("bob", "secret").agent("carol", "secret");

    @RegisterExtension
    final LogLines log = new LogLines();

    private ListeningRoute listen(String agent, String... options) throws Exception {
        ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, agent, options));
        route.awaitSettled();
        return route;
    }

    private static void awaitServices(ListeningRoute route, String services) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.attribute("Services"), services::equals);
    }

    private void awaitLines(int number) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> log.with("IMS-019").size() == number);
    }

    /** No other request and no time-out comes between: that connect is held for five minutes. */
    @Test
    void theConnectThatTheServerHoldsBringsTheEventAndNothingElseIsAsked() throws Exception {
        try (ListeningRoute route = listen("alice")) {
            awaitServices(route, "all active");
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            int connects = gws.requests().count(Step.CONNECT);
            int reads = gws.requests().count(Step.SERVICES);
            gws.service("Voice", "Inactive");
            awaitServices(route, "Voice Inactive");
            assertThat(log.with("IMS-019")).hasSize(1);
            assertThat(gws.requests().count(Step.CONNECT)).isLessThanOrEqualTo(connects + 1);
            assertThat(gws.requests().count(Step.SERVICES)).isEqualTo(reads);
        }
    }

    static Stream<Arguments> held() {
        return Stream.of(Arguments.argumentSet("acknowledging", (Object) new String[] { "keepAlive=240000" }),
                Arguments.argumentSet("not acknowledging",
                        (Object) new String[] { "keepAlive=240000", "acknowledge=false", "maxPending=8" }));
    }

    /** A connect that waits for a route leaves after four minutes, and no event can come before. */
    @ParameterizedTest
    @MethodSource("held")
    void aConnectThatIsHeldBackForARouteDelaysNothing(String[] options) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", options), exchange -> {
            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage) {
                gate.await();
            }
        })) {
            try {
                route.awaitSettled();
                awaitServices(route, "all active");
                for (int half = 0; half < 5; half++) { // of what may wait
                    gws.agent("alice").session().says("one");
                }
                assertThat(route.inbox().takeText()).isEqualTo("one");
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").heldConnects() == 0);
                int connects = gws.requests().count(Step.CONNECT);
                gws.service("Voice", "Inactive");
                awaitLines(1);
                assertThat(route.attribute("Services")).isEqualTo("Voice Inactive");
                gws.service("Voice", "Active");
                awaitLines(2);
                assertThat(route.attribute("Services")).isEqualTo("all active");
                assertThat(gws.requests().count(Step.CONNECT)).as("held back all the time").isEqualTo(connects);
            } finally {
                gate.countDown();
            }
            gws.agent("alice").session().says("two");
            assertThat(route.inbox().takeTextsUntil("two")).hasSize(5);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    @Test
    void allContextsOfAProcessShareOneWatchWhichOutlivesEachOfThem() throws Exception {
        try (ListeningRoute bob = listen("bob")) {
            try (ListeningRoute alice = listen("alice")) {
                awaitServices(alice, "all active");
                awaitServices(bob, "all active");
                gws.service("Voice", "Inactive");
                awaitServices(alice, "Voice Inactive");
                awaitServices(bob, "Voice Inactive");
                assertThat(log.with("IMS-019")).as("for both").hasSize(1);
                assertThat(gws.requests().count(Step.SUBSCRIBE_SERVICES)).isEqualTo(1);
            }
            gws.service("Voice", "Active");
            awaitServices(bob, "all active");
        }
    }

    /** The first subscribed for both; when its context has gone, the other one does. */
    @Test
    void nothingIsKeptOfAContextThatIsGone() throws Exception {
        URI api = URI.create(gws.url() + "/api/v2");
        WeakReference<CamelContext> gone;
        WeakReference<ServicesWatch> watch;
        try (ListeningRoute bob = listenBehindAnother()) {
            awaitServices(bob, "all active");
            gone = new WeakReference<>(first);
            first = null;
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
                System.gc();
                return gone.get() == null;
            });
            gws.service("Voice", "Inactive");
            awaitServices(bob, "Voice Inactive");
            watch = shared(api);
        }
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
            System.gc();
            return watch.get() == null;
        });
    }

    private CamelContext first;

    private static WeakReference<ServicesWatch> shared(URI api) {
        ServicesWatch watch = ServicesWatch.of(api, "server");
        assertThat(watch.summary()).as("that of the context").contains("Voice Inactive");
        watch.leave();
        return new WeakReference<>(watch);
    }

    /** What is known of a server is not what a context finds that comes after all have gone. */
    @Test
    void whoComesWhenAllHaveGoneLooksAnew() throws Exception {
        gws.faults().always(Step.SUBSCRIBE_SERVICES, Fault.noSuchTopic());
        listen("alice").close();
        gws.faults().clear();
        try (ListeningRoute route = listen("alice")) {
            awaitServices(route, "all active");
        }
    }

    private ListeningRoute listenBehindAnother() throws Exception {
        try (ListeningRoute alice = listen("alice")) {
            awaitServices(alice, "all active");
            first = alice.context();
            return listen("bob");
        }
    }

    @Test
    void jmxAndTheDevConsoleShowIt() throws Exception {
        try (ListeningRoute route = listen("alice")) {
            gws.service("Voice", "Inactive");
            awaitServices(route, "Voice Inactive");
            assertThat(route.console(DevConsole.MediaType.TEXT).toString()).contains("services: Voice Inactive");
            JsonObject json = (JsonObject) route.console(DevConsole.MediaType.JSON);
            assertThat(json.toJson()).contains("\"services\":{\"127.0.0.1:" + gws.port() + "\":\"Voice Inactive\"}");
        }
    }

    static Stream<Arguments> without() {
        return Stream.of(Arguments.argumentSet("no topic", Step.SUBSCRIBE_SERVICES, Fault.noSuchTopic(), 0),
                Arguments.argumentSet("a gateway that lets nobody have the topic", Step.SUBSCRIBE_SERVICES,
                        Fault.status(404), 0),
                Arguments.argumentSet("no resource", Step.SERVICES, Fault.noSuchResource(), 1));
    }

    /** Three agents, each with a second session: once for the server and the process. */
    @ParameterizedTest
    @MethodSource("without")
    void aServerWithoutServicesIsAskedOnceForAllAgentsAndSessions(Step step, Fault fault, int reads) throws Exception {
        gws.faults().always(step, fault);
        try (ListeningRoute alice = listen("alice"); ListeningRoute bob = listen("bob");
             ListeningRoute carol = listen("carol")) {
            for (String agent : List.of("alice", "bob", "carol")) {
                gws.agent(agent).dropBayeuxSession();
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.requests().count(Step.HANDSHAKE) == 6);
            for (ListeningRoute each : List.of(alice, bob, carol)) {
                each.awaitSettled();
                assertThat(each.attribute("Services")).isEmpty();
                assertThat(each.attribute("Reconnects")).isEqualTo("1");
                assertThat(each.errors()).isEmpty();
            }
            gws.service("Voice", "Inactive");
            gws.agent("alice").session().says("Hello");
            assertThat(alice.inbox().takeText()).isEqualTo("Hello");
            assertThat(gws.requests().count(step)).isEqualTo(step == Step.SERVICES ? reads : 1);
            assertThat(gws.requests().count(Step.SERVICES)).isEqualTo(reads);
        }
    }

    /** What fails on its way is nobody's fault, and no session ends by it. */
    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 429, 500, 503 })
    void aSubscriptionThatFailsOnItsWayCostsTheFeedNothing(int status) throws Exception {
        gws.faults().once(Step.SUBSCRIBE_SERVICES, Fault.status(status));
        try (ListeningRoute route = listen("alice")) {
            gws.agent("alice").session().says("Hello");
            assertThat(route.inbox().takeText()).isEqualTo("Hello");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
        }
    }

    private static List<FeedGap> gaps(ListeningRoute route) {
        return route.inbox().rest().stream().map(each -> each.getIn().getBody()).filter(FeedGap.class::isInstance)
                .map(FeedGap.class::cast).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Inactive", "Degraded", "Unknown" })
    void theTimeOfAnOutageIsOneGapIfWanted(String state) throws Exception {
        try (ListeningRoute told = listen("alice", "serviceGaps=true"); ListeningRoute other = listen("bob")) {
            awaitServices(told, "all active");
            gws.service("Voice", state);
            awaitServices(other, "Voice " + state);
            gws.service("Voice", "Active");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> told.attribute("Gaps"), "1"::equals);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(gaps(told)).singleElement().satisfies(gap -> {
                        assertThat(gap.reason()).isEqualTo(FeedGap.Reason.SERVICE_INACTIVE);
                        assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.POSSIBLE);
                        assertThat(gap.detail()).contains("Voice was " + state);
                    }));
            gws.service("Provisioning", state);
            awaitServices(other, "Provisioning " + state);
            gws.service("Provisioning", "Active");
            awaitServices(other, "all active");
            gws.agent("bob").session().says("Hello");
            assertThat(other.inbox().takeText()).isEqualTo("Hello");
            assertThat(other.attribute("Gaps")).isEqualTo("0");
            assertThat(told.attribute("Gaps")).as("the voice service carries the messages, no other").isEqualTo("1");
        }
    }

    /** One window: from the outage on to the new session, and another one from there, if it is not over. */
    @Test
    void aSessionThatIsLostDuringTheOutageLeavesNoHoleBetweenTheGaps() throws Exception {
        try (ListeningRoute route = listen("alice", "serviceGaps=true")) {
            awaitServices(route, "all active");
            gws.service("Voice", "Inactive");
            awaitServices(route, "Voice Inactive");
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.attribute("Gaps"), "1"::equals);
            awaitServices(route, "Voice Inactive");
            gws.service("Voice", "Active");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.attribute("Gaps"), "2"::equals);
            route.awaitSettled();
            gws.agent("alice").session().says("Hello");
            List<FeedGap> gaps = new ArrayList<>();
            while (gaps.size() < 2) {
                if (route.inbox().takeBody() instanceof FeedGap gap) {
                    gaps.add(gap);
                }
            }
            assertThat(gaps.get(0).reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
            assertThat(gaps.get(1).reason()).isEqualTo(FeedGap.Reason.SERVICE_INACTIVE);
            assertThat(gaps.get(1).from()).isAfterOrEqualTo(gaps.get(0).to());
        }
    }

    @Test
    void gapsOfServicesThatNobodyWatchesAreRefusedAtTheStart() {
        assertThatThrownBy(() -> ListeningRoute.from(ListeningRoute.uri(gws, "alice", "serviceGaps=true",
                "watchServices=false"))).hasStackTraceContaining("serviceGaps=true needs watchServices=true");
    }
}
