package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IM rides on the voice service: without it a feed is live and mute, and nobody was told. */
class ServicesWatchTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    @RegisterExtension
    final LogLines log = new LogLines();

    private static void awaitServices(ListeningRoute route, String services) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                assertThat(HealthCheckHelper.invoke(route.context())).extracting(HealthCheck.Result::getDetails)
                        .anySatisfy(details -> assertThat(details).containsEntry("services", services)));
    }

    private ListeningRoute two() throws Exception {
        return ListeningRoute.prepared().add("alice", ListeningRoute.uri(gws, "alice"))
                .add("bob", ListeningRoute.uri(gws, "bob")).start();
    }

    private int subscriptions() {
        return gws.requests().count(Step.SUBSCRIBE) + gws.requests().count(Step.SUBSCRIBE_SERVICES);
    }

    @ParameterizedTest
    @MethodSource("states")
    void aServiceThatIsNotActiveIsToldOnceForAllAgentsAndWhenItIsAgain(String state) throws Exception {
        try (ListeningRoute route = two()) {
            route.awaitState("alice", "LIVE");
            route.awaitState("bob", "LIVE");
            awaitServices(route, "all active");
            assertThat(subscriptions()).as("one for each agent, one for the services").isEqualTo(3);
            gws.service("Voice", state);
            awaitServices(route, "Voice " + state);
            assertThat(log.with("IMS-019")).hasSize(1).first().asString().contains("WARN", "Voice is " + state);
            gws.service("Voice", "Active");
            awaitServices(route, "all active");
            assertThat(log.with("IMS-019")).hasSize(2).last().asString().contains("INFO", "Active again");
            gws.agent("alice").session().says("Hello");
            assertThat(route.inbox("alice").takeText()).isEqualTo("Hello");
            assertThat(route.inbox("bob").rest()).as("no event of a service").isEmpty();
        }
    }

    static List<String> states() {
        return List.of("Inactive", "Degraded");
    }

    /** Without acknowledgements the subscription waits until the connect that is held is answered, half a minute. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatWasInactiveBeforeTheSubscriptionIsRead(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        gws.service("Voice", "Inactive");
        try (ListeningRoute route = two()) {
            awaitServices(route, "Voice Inactive");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(HealthCheckHelper.invoke(route.context()))
                            .extracting(result -> result.getMessage().orElse("")).anyMatch(said ->
                            said.contains(" is LIVE since ")
                                    && said.endsWith("; IMS-019: not active behind the server: Voice Inactive")));
        }
    }

    @Test
    void anotherAgentCarriesTheChannelWhenTheFirstHasGone() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared().add("alice", ListeningRoute.uri(gws, "alice"))
                .start()) {
            awaitServices(route, "all active");
            route.join(gws, "bob", ListeningRoute.uri(gws, "bob"), exchange -> { });
            route.awaitState("bob", "LIVE");
            int before = subscriptions();
            route.context().getRouteController().stopRoute("alice");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> subscriptions() == before + 1);
            gws.service("Voice", "Inactive");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> log.with("IMS-019").size() == 1);
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("none for the services").isEqualTo(2);
        }
    }

    /** The session is new, so it is subscribed to again and read again. */
    @Test
    void theStateOfAServiceIsKnownAgainAfterALostSession() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            awaitServices(route, "all active");
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> subscriptions() == 4);
            gws.service("Voice", "Inactive");
            awaitServices(route, "Voice Inactive");
        }
    }

    @Test
    void theServicesAreNotSubscribedToIfNotWanted() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "watchServices=false"))) {
            route.awaitSettled();
            assertThat(subscriptions()).isEqualTo(1);
            assertThat(route.health().getDetails()).doesNotContainKey("services");
        }
    }

    /** Without the topic nothing is read; without the resource it is asked for once. */
    @ParameterizedTest
    @MethodSource("lacking")
    void aServerWithoutThemHasNoFaultAndNoFurtherRequest(boolean topic, int reads) throws Exception {
        AtomicInteger connects = new AtomicInteger();
        BayeuxLie bayeux = new BayeuxLie((channel, message) -> switch (channel) {
            case "/meta/handshake" -> List.of(BayeuxLie.shaken(message, "session-1"));
            case "/meta/subscribe" -> topic || !message.path("subscription").asText().contains("services")
                    ? List.of(BayeuxLie.reply(message, "")) : List.of("{\"channel\":\"/meta/subscribe\",\"id\":"
                            + message.get("id") + ",\"successful\":false,\"error\":\"403:denied:denied\"}");
            case "/meta/connect" -> switch (connects.incrementAndGet()) {
                case 1 -> List.of(BayeuxLie.numbered(message, 1));
                case 2, 3 -> List.of("{\"channel\":\"/notifications/services\",\"data\":{\"what\":1}}",
                        BayeuxLie.numbered(message, connects.get()));
                default -> BayeuxLie.NOTHING;
            };
            default -> List.of(BayeuxLie.reply(message, ""));
        });
        Lie server = (request, wire) -> (request.path().contains("/services")
                && !request.path().contains("/notifications")
                ? Answer.json(404, "{\"statusCode\":6}") : bayeux).tell(request, wire);
        try (LyingServer lying = LyingServer.telling(server);
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(lying.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> connects.get() > 3);
            route.awaitState("LIVE");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    bayeux.messages("/meta/subscribe").size() == 2);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() -> assertThat(lying.requests().stream()
                    .filter(each -> each.path().endsWith("/services"))).hasSize(reads));
            assertThat(route.attribute("FeedState")).isEqualTo("LIVE");
            assertThat(route.inbox().rest()).isEmpty();
            assertThat(log.with("WARN")).filteredOn(line -> line.contains("IMS-019")).isEmpty();
        }
    }

    static List<Arguments> lacking() {
        return List.of(Arguments.argumentSet("no topic", false, 0), Arguments.argumentSet("no resource", true, 1));
    }
}
