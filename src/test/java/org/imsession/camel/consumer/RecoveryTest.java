package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.SessionState;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedAgent;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences 5 and 6 of the delivery contract: F13, F14, F17, F31, F34. */
class RecoveryTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults()).agent("alice", "secret");

    static Stream<Arguments> endsOfASession() {
        return Stream.of(
                end("the server forgot the session", (gws, alice) -> alice.dropBayeuxSession()),
                end("the server said 402", (gws, alice) -> {
                    gws.faults().once(Step.CONNECT, Fault.unknownClient());
                    alice.answerHeldConnect();
                }),
                end("the server said 403 without advice", (gws, alice) -> {
                    gws.faults().once(Step.CONNECT, Fault.bayeuxError("403::Unknown client"));
                    alice.answerHeldConnect();
                }),
                end("the server said reconnect none", (gws, alice) -> {
                    gws.faults().once(Step.CONNECT, Fault.reconnectNone("403::denied"));
                    alice.answerHeldConnect();
                }),
                end("the server disconnected the session", (gws, alice) -> alice.disconnectSession()),
                end("the server restarted", (gws, alice) -> gws.restart()));
    }

    private static Arguments end(String name, BiConsumer<GwsServer, SimulatedAgent> fault) {
        return Arguments.argumentSet(name, fault);
    }

    @ParameterizedTest
    @MethodSource("endsOfASession")
    void aLostSessionIsReplacedWithOneGapAndAResynchronisation(BiConsumer<GwsServer, SimulatedAgent> fault)
            throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            SimulatedAgent alice = gws.agent("alice");
            var session = alice.session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> alice.queued() == 0);
            assertThat(alice.awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            fault.accept(gws, alice);
            session.complete();
            List<Exchange> seen = new ArrayList<>(); // the end of the session may have come before the fault
            Exchange next = route.take();
            while (!(next.getIn().getBody() instanceof FeedGap)) {
                seen.add(next);
                next = route.take();
            }
            FeedGap gap = next.getIn().getBody(FeedGap.class);
            assertThat(gap.agent()).isEqualTo("alice");
            assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.POSSIBLE);
            assertThat(gap.from()).isBeforeOrEqualTo(gap.to());
            route.awaitSettled();
            alice.session().says("after");
            do {
                next = route.take();
                seen.add(next);
            } while (!(next.getIn().getBody() instanceof IMLogUpdateMessage text && text.message().equals("after")));
            assertThat(seen).as("completions of the session").filteredOn(e ->
                    e.getIn().getBody() instanceof IMSessionStateChangeMessage change
                            && change.sessionId().equals(session.id())
                            && change.state() == SessionState.COMPLETED).hasSize(1);
            assertThat(seen).noneMatch(e -> e.getIn().getBody() instanceof FeedGap);
            assertThat(route.attribute("Gaps")).isEqualTo("1");
            assertThat(route.rest()).as("the text once more").noneMatch(e ->
                    e.getIn().getBody() instanceof IMLogUpdateMessage);
        }
    }

    @Test
    void anExpiredHttpSessionIsRenewedWithinTheSameBayeuxSession() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            int handshakes = gws.requests().count(Step.HANDSHAKE);
            gws.agent("alice").expireHttpSession();
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            session.says("and after");
            assertThat(route.takeText()).isEqualTo("and after");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(handshakes);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    /** The server has forgotten cookie and session: the login renewed for the one serves for the other. */
    @Test
    void aRestartOfTheServerCostsOneLogin() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.requests().clear();
            gws.restart();
            assertThat(route.takeOrigin("gap").getIn().getBody()).isInstanceOf(FeedGap.class);
            route.awaitSettled();
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void withoutAcknowledgementACutAnswerIsOneGap() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            gws.faults().once(Step.CONNECT, new Fault.Cut(40, true));
            session.says("lost");
            FeedGap gap = (FeedGap) route.takeOrigin("gap").getIn().getBody();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.ANSWER_LOST);
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }

    @Test
    void withAcknowledgementACutAnswerCostsNothing() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            var session = gws.agent("alice").session().says("before");
            assertThat(route.takeText()).isEqualTo("before");
            gws.faults().once(Step.CONNECT, new Fault.Cut(40, true));
            session.says("not lost");
            assertThat(route.takeText()).isEqualTo("not lost");
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    @Test
    void theFirstSubscriptionTellsOfTheSessionsThatExist() throws Exception {
        var session = gws.agent("alice").session().talks();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            Exchange exchange = route.takeOrigin("snapshot");
            assertThat(exchange.getIn().getHeader(IMSessionConstants.ID)).isEqualTo(session.id());
            assertThat(exchange.getIn().getHeader(IMSessionConstants.STATE)).isEqualTo("TALKING");
        }
    }

    @Test
    void aFailedSnapshotIsRetriedWhileTheLiveFeedGoesOn() throws Exception {
        var session = gws.agent("alice").session().talks();
        var failing = gws.faults().always(Step.SNAPSHOT, Fault.status(500));
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("LIVE");
            assertThat(failing.awaitHits(2, ListeningRoute.PATIENCE)).isTrue();
            session.hears("live");
            assertThat(route.takeText()).isEqualTo("live");
            failing.clear();
            assertThat(route.takeOrigin("snapshot").getIn().getHeader(IMSessionConstants.ID)).isEqualTo(session.id());
        }
    }
}
