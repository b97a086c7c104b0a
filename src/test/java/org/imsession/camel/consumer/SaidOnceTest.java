package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows F20 and F22 of the fault matrix: what is odd about a server is said, once, however often it shows. */
class SaidOnceTest {

    private static final int TIMES = 3;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxSessionsPerBrowser(1))
            .agent("alice", "secret").agent("bob", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void aServerWithoutAcknowledgementIsSaidOnceAcrossReconnects() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            for (int handshakes = 2; handshakes <= TIMES; handshakes++) {
                gws.agent("alice").dropBayeuxSession();
                int expected = handshakes;
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                        gws.requests().count(Step.HANDSHAKE) == expected
                                && gws.agent("alice").heldConnects() == 1);
                route.awaitSettled();
            }
            assertThat(route.attribute("DeliveryGuarantee")).isEqualTo("at-most-once");
            assertThat(log.with("IMS-003")).singleElement().asString().contains("agent=alice", "at most once");
        }
    }

    /** The first failure was all that an operator read, and the one that lasted stood in the health alone. */
    @ParameterizedTest
    @EnumSource(names = { "LOGIN", "HANDSHAKE", "CONNECT" })
    void eachReasonOfOneOutageHoweverOftenTheyTakeTurns(Step step) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "reconnectDelayMax=50"))) {
            route.awaitSettled();
            gws.faults().add(FaultRule.at(step, Fault.status(503)).everySecond());
            ArmedFault lasting = gws.faults().always(step, Fault.status(502));
            if (step != Step.CONNECT) {
                gws.agent("alice").dropBayeuxSession();
                gws.agent("alice").expireHttpSession();
            } else {
                gws.agent("alice").answerHeldConnect();
            }
            assertThat(lasting.awaitHits(3 * TIMES, ListeningRoute.PATIENCE)).isTrue();
            assertThat(log.with(" WARN ")).as(String.join("\n", log.with("IMS-001")))
                    .filteredOn(line -> line.contains("IMS-001") && line.contains(" 503")).hasSize(1);
            assertThat(log.with(" WARN ")).filteredOn(line -> line.contains("IMS-001") && line.contains(" 502"))
                    .hasSize(1);
        }
    }

    @Test
    void twoSessionsTakenForOneBrowserAreSaidOnce() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            ArmedFault crowded = gws.faults().always(Step.CONNECT, new Fault.ReplaceAdvice(
                    "{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000,\"multiple-clients\":true}"));
            for (int i = 1; i <= TIMES; i++) {
                gws.agent("alice").session().says("text " + i);
                assertThat(route.takeText()).isEqualTo("text " + i);
            }
            assertThat(crowded.awaitHits(TIMES, ListeningRoute.PATIENCE)).isTrue();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> !log.with("IMS-010").isEmpty());
            gws.agent("alice").session().says("last");
            assertThat(route.takeText()).isEqualTo("last");
            assertThat(log.with("IMS-010")).singleElement().asString().contains("agent=alice", "one browser");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    @Test
    void twoAgentsOfOneProcessAreNeverTakenForOneBrowserSinceEachHasCookiesOfItsOwn() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared().add("one", ListeningRoute.uri(gws, "alice"))
                .add("two", ListeningRoute.uri(gws, "bob")).start()) {
            // a connect may be held before the subscription has come, and a text is sent to subscribers only
            route.awaitState("one", "LIVE");
            route.awaitState("two", "LIVE");
            for (String agent : List.of("alice", "bob")) {
                assertThat(gws.agent(agent).awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
                gws.agent(agent).session().says("Hello");
            }
            assertThat(route.inbox("one").takeText()).isEqualTo("Hello");
            assertThat(route.inbox("two").takeText()).isEqualTo("Hello");
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("bob").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            assertThat(log.with("IMS-010")).isEmpty();
        }
    }
}
