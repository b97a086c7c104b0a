package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that does not accept its password; here it is the simulator, which takes forwarded requests as they are. */
class ProxyPasswordTest {

    private static final List<String> AGENTS = List.of("alice", "bob", "carol");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMinutes(5)))
            .agent("alice", "secret").agent("bob", "secret").agent("carol", "secret");

    private String uri(String agent, String... more) {
        String[] options = {"proxyHost=127.0.0.1", "proxyPort=" + gws.port(), "proxyUsername=edge" + gws.port(),
            "proxyPassword=wr0ng", "parkedRetryInterval=15000", more.length > 0 ? more[0] : "requestTimeout=2000"};
        return ListeningRoute.uri("http://gws.invalid", agent, options);
    }

    private void retryUntilLive(ListeningRoute route, String id) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            route.consumer(id).retryNow();
            return route.consumer(id).getFeedState().equals("LIVE");
        });
    }

    /** It was sent by each client, by each agent that was under way, and anew with each start. */
    @Test
    void isSentOnceByAllAgentsWhoAreParkedThen() throws Exception {
        gws.faults().always(Step.LOGIN, Fault.wantsProxyCredentials());
        ListeningRoute prepared = ListeningRoute.prepared();
        for (String agent : AGENTS) { // the last one has a client of its own
            prepared.add(agent, uri(agent, agent.equals("carol") ? "connectTimeout=3000" : "requestTimeout=2000"));
        }
        try (ListeningRoute route = prepared.start()) {
            for (int start = 0; start < 3; start++) {
                AGENTS.forEach(agent -> route.awaitState(agent, "PARKED"));
                assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
                assertThat(AGENTS).allSatisfy(agent ->
                        assertThat(route.consumer(agent).getFeedReason()).contains("proxy", "407"));
                assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
                for (String agent : AGENTS) {
                    route.context().getRouteController().stopRoute(agent);
                }
                route.context().getComponent("imsession").stop();
                route.context().getComponent("imsession").start();
                for (String agent : AGENTS) {
                    route.context().getRouteController().startRoute(agent);
                }
            }
            AGENTS.forEach(agent -> route.awaitState(agent, "PARKED"));
            AGENTS.forEach(agent -> route.consumer(agent).retryNow());
            assertThat(gws.awaitRequest(Step.LOGIN, 2, ListeningRoute.PATIENCE)).isTrue();
            AGENTS.forEach(agent -> route.awaitState(agent, "PARKED"));
            assertThat(gws.requests().count(Step.LOGIN)).as("with a word of an operator for all").isEqualTo(2);

            gws.faults().clear();
            retryUntilLive(route, "alice");
            AGENTS.forEach(agent -> route.awaitState(agent, "LIVE")); // the others see that it is accepted
        }
    }

    /** No login at the server helps; a session that lives is not given up for it. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void costsNoSessionThatLives(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(uri("alice"))) {
            route.awaitSettled();
            gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE);
            ArmedFault refused = gws.faults().always(Step.CONNECT, Fault.wantsProxyCredentials());
            gws.agent("alice").answerHeldConnect();
            route.awaitState("RECONNECTING");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getFeedReason().contains("not sent again yet"));
            assertThat(refused.hits()).isEqualTo(1);
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
            refused.clear();
            retryUntilLive(route, "listening");
            gws.agent("alice").session().says("hello");
            assertThat(route.takeText()).isEqualTo("hello");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }
}
