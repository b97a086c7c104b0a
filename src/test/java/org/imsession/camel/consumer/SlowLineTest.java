package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.fault.FaultRule;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines on which an answer takes its time, and gateways that do not give it that. */
class SlowLineTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withTimeout(Duration.ofMillis(500)))
            .agent("alice", "secret");

    private void acknowledging(boolean acknowledging) {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
    }

    /** Events that come with the next connect, all in one answer, with which, and with what follows, this happens. */
    private List<String> waiting(ListeningRoute route, SimulatedSession session, int number, Fault fault, int times)
            throws Exception {
        session.says("before");
        route.inbox().takeTextsUntil("before");
        ArmedFault held = gws.faults().once(Step.CONNECT, new Fault.Hang());
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> {
            gws.agent("alice").answerHeldConnect();
            return held.hits() == 1;
        });
        gws.faults().add(FaultRule.at(Step.CONNECT, fault).times(times));
        List<String> texts = IntStream.range(0, number).mapToObj(i -> i + " " + "y".repeat(500)).toList();
        texts.forEach(session::says);
        held.clear();
        return texts;
    }

    /** 300 events at 60 KB/s: 14 answers were cut by us in 35 s, and none came whole, for ever. */
    @ParameterizedTest
    @CsvSource({ "true, 300, 60000", "false, 300, 60000", "true, 30, 6000", "false, 30, 6000", "true, 100, 20000" })
    void anAnswerThatTakesLongerThanSilenceMayIsTakenWhole(boolean acknowledging, int events, int bytesPerSecond)
            throws Exception {
        acknowledging(acknowledging);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=1500"))) {
            route.awaitSettled();
            List<String> texts = waiting(route, gws.agent("alice").session().talks(), events,
                    Fault.slowLine(bytesPerSecond), 100);
            assertThat(route.inbox().takeTexts(texts.size())).isEqualTo(texts);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
            assertThat(route.attribute("Redeliveries")).as("sent again").isEqualTo("0");
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    /** At that speed the answer takes 40 s; the next one is quick. */
    @Test
    void theWholeHasALimitOfItsOwn() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=1500",
                "answerTimeout=2000"))) {
            route.awaitSettled();
            SimulatedSession session = gws.agent("alice").session().talks();
            List<String> texts = waiting(route, session, 30, Fault.slowLine(500), 1);
            assertThat(route.inbox().takeTexts(texts.size())).isEqualTo(texts);
        }
    }

    /** The silence of a line that died is not that of a server that holds a connect. */
    @Test
    void anAnswerThatFallsSilentIsAskedForAgain() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=1000"))) {
            route.awaitSettled();
            List<String> texts = waiting(route, gws.agent("alice").session().talks(), 3,
                    new Fault.Slices(900, Duration.ofMinutes(5)), 1);
            assertThat(route.inbox().takeTexts(texts.size())).isEqualTo(texts);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    @Test
    void whatCutsAnswersAtOneSizeIsToldAndTheFeedIsDownUntilItDoesNot() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            SimulatedSession session = gws.agent("alice").session().talks();
            ArmedFault cut = gws.faults().always(Step.CONNECT, new Fault.Cut(2000, false));
            List<String> texts = IntStream.range(0, 30).mapToObj(i -> i + " " + "y".repeat(500)).toList();
            texts.forEach(session::says);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() -> {
                HealthCheck.Result health = route.health();
                assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
                assertThat(health.getMessage().orElse("")).contains("something in front cuts answers after")
                        .contains("bytes");
            });
            cut.clear();
            assertThat(route.inbox().takeTexts(texts.size())).containsExactlyElementsOf(texts);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.health().getState() == HealthCheck.State.UP);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    /** The connect that follows a cut one is answered at once, so the feed is live again and again in between. */
    @Test
    void whatEndsHeldConnectsAfterSomeTimeIsTold() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            gws.faults().always(Step.CONNECT, Fault.cutInSilence(Duration.ofMillis(1200)));
            gws.agent("alice").answerHeldConnect();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.health().getMessage().orElse("").matches(".*something in front cuts answers after \\d s.*"));
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.DOWN);
        }
    }

    /** They used to be thrown away with the one that was cut, and the server does not have them any more. */
    @ParameterizedTest
    @ValueSource(ints = { 1000, 1500 })
    void withoutAcknowledgementWhatCameWholeOfACutAnswerIsDeliveredBeforeTheGap(int bytes) throws Exception {
        acknowledging(false);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitSettled();
            SimulatedSession session = gws.agent("alice").session().talks();
            List<String> texts = waiting(route, session, 3, new Fault.Cut(bytes, false), 1);
            int whole = bytes / 750;
            assertThat(route.inbox().takeTexts(whole)).isEqualTo(texts.subList(0, whole));
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.ANSWER_LOST);
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }

    /** So does one that we give up because it falls silent. */
    @ParameterizedTest
    @ValueSource(ints = { 900, 1600 })
    void withoutAcknowledgementWhatCameWholeOfASilentAnswerIsDeliveredBeforeTheGap(int bytes) throws Exception {
        acknowledging(false);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "requestTimeout=1000"))) {
            route.awaitSettled();
            SimulatedSession session = gws.agent("alice").session().talks();
            List<String> texts = waiting(route, session, 3, new Fault.Slices(bytes, Duration.ofMinutes(5)), 1);
            int whole = bytes / 750;
            assertThat(route.inbox().takeTexts(whole)).isEqualTo(texts.subList(0, whole));
            assertThat(route.inbox().takeGap().reason()).isEqualTo(FeedGap.Reason.ANSWER_LOST);
            session.says("after");
            assertThat(route.takeText()).isEqualTo("after");
            assertThat(route.attribute("Gaps")).isEqualTo("1");
        }
    }
}
