package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.IMSessionOperationException.Outcome;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.SessionState;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With waitForEvent an exchange ends with what its operation caused, whatever becomes of the answer. */
class WaitForEventTest {

    private static final String TARGET = IMSessionConstants.TARGET_ID;
    private static final String WAIT = "&waitForEvent=true";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    /** The order of answer and notification; the withheld answer comes when the time for it is over. */
    enum Order { REPLY_FIRST, NOTIFICATION_FIRST, ANSWER_LOST, ANSWER_WITHHELD }

    private Talk talk;
    private String bob;

    @BeforeEach
    void begin() {
        talk = new Talk(gws);
        bob = gws.agent("bob").phoneNumber();
    }

    @AfterEach
    void end() {
        talk.close();
    }

    private Object did(Order order, String operation, Object body, Object... headers) {
        gws.settings(settings -> order == Order.REPLY_FIRST
                ? settings.without(GwsSwitch.NOTIFICATION_BEFORE_REPLY)
                : settings.with(GwsSwitch.NOTIFICATION_BEFORE_REPLY));
        if (order == Order.ANSWER_LOST) {
            gws.faults().once(Step.OPERATION, new Fault.LoseAnswer(false));
        } else if (order == Order.ANSWER_WITHHELD) {
            gws.faults().once(Step.OPERATION, new Fault.Withhold());
        }
        int limit = order == Order.ANSWER_WITHHELD ? 500 : 5000;
        return talk.did("alice?requestTimeout=" + limit + "&operation=" + operation + WAIT, body, headers).getMessage()
                .getBody();
    }

    @ParameterizedTest
    @EnumSource
    void eachOperationEndsWithItsNotification(Order order) {
        IMSessionStateChangeMessage call = (IMSessionStateChangeMessage) did(order, "initiate", bob);
        String id = call.sessionId();
        assertThat(id).isEqualTo(gws.agent("alice").session().id());
        assertThat(call.state()).isEqualTo(SessionState.INITIATING);
        assertThat(((IMLogUpdateMessage) did(order, "sendMessage", "Hello", TARGET, id)).message())
                .isEqualTo("Hello");
        assertThat(((IMSessionStateChangeMessage) did(order, "attachUserData", Map.of("a", "1"), TARGET, id))
                .imSession().userData()).isEqualTo(Map.of("a", "1"));
        assertThat(((IMSessionStateChangeMessage) did(order, "updateUserData", Map.of("a", "2"), TARGET, id))
                .imSession().userData()).isEqualTo(Map.of("a", "2"));
        assertThat(((IMSessionStateChangeMessage) did(order, "deleteUserData", "a", TARGET, id))
                .imSession().userData()).isEmpty();
        assertThat(((IMSessionStateChangeMessage) did(order, "complete", null, TARGET, id)).state())
                .isEqualTo(SessionState.COMPLETED);
    }

    @Test
    void aRefusalCountsAlsoBehindANotificationThatFits() throws Exception {
        talk.listens("alice");
        var withheld = gws.faults().once(Step.OPERATION, new Fault.Hang());
        CompletableFuture<Exchange> mine = atOnce(() ->
                talk.does("alice?operation=attachUserData" + WAIT, Map.of("a", "1"), TARGET, "gone"));
        assertThat(withheld.awaitHits(1, Talk.PATIENCE)).isTrue();
        gws.agent("alice").sendRaw("""
                {"messageType":"IMSessionStateChangeMessage","notificationType":"AttachedDataChanged",
                "imSession":{"id":"gone","state":"Talking","path":"/im-sessions/gone"}}""");
        assertThat(talk.next("alice").getIn().getHeader(IMSessionConstants.ID)).isEqualTo("gone");
        withheld.release();
        Exchange refused = mine.get(20, TimeUnit.SECONDS);
        assertThat(refused.getException()).isInstanceOfSatisfying(IMSessionOperationException.class, failure -> {
            assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
            assertThat(failure.getStatusCode()).isEqualTo(6);
        });
    }

    @Test
    void aRefusedOperationDoesNotWaitForANotification() {
        long before = System.nanoTime();
        IMSessionOperationException failure = talk.failed("alice?operation=complete&waitForEvent=true", null, TARGET,
                "unknown");
        assertThat(failure.getStatusCode()).isEqualTo(6);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void anAcceptedOperationOfWhichNothingIsHeardIsOfUnknownOutcome() {
        // long enough for the feed to be live on a slow machine, or nothing would be sent
        gws.settings(settings -> settings.without(GwsSwitch.ECHO_TO_SENDER));
        String id = gws.agent("alice").talksTo("bob").id();
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage&waitTimeout=3000" + WAIT,
                "Hello", TARGET, id);
        assertThat(failure.getOutcome()).isEqualTo(Outcome.UNKNOWN_OUTCOME);
        assertThat(failure.getHttpStatus()).isEqualTo(200);
        assertThat(failure.getStatusCode()).isZero();
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure).hasMessageContaining("no notification of it came within 3 s");
    }

    @Test
    void withoutAFeedNothingIsSent() {
        gws.faults().always(Step.HANDSHAKE, Fault.status(503));
        String id = gws.agent("alice").talksTo("bob").id();
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage&waitTimeout=500" + WAIT, "Hello",
                TARGET, id);
        assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasMessageContaining("the feed is not live");
        assertThat(gws.requests().count(Step.OPERATION)).isZero();
    }

    @Test
    void aCallIsToldFromTheCallOfSomebodyElseAtTheSameTime() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.PEER_ANSWERS));
        talk.listens("alice");
        var hung = gws.faults().once(Step.OPERATION, new Fault.Hang());
        CompletableFuture<Exchange> call = atOnce(() ->
                talk.does("alice?operation=initiate" + WAIT, bob));
        assertThat(hung.awaitHits(1, Talk.PATIENCE)).isTrue();
        gws.agent("alice").sendRaw("""
                {"messageType":"IMSessionStateChangeMessage","notificationType":"StatusChange",
                "imSession":{"id":"theirs","state":" Alerting","participants":[{"phoneNumber":"%s"}]}}"""
                .formatted(bob));
        assertThat(talk.next("alice").getIn().getHeader(IMSessionConstants.ID)).isEqualTo("theirs");
        hung.release();
        IMSessionStateChangeMessage mine = call.get(20, TimeUnit.SECONDS).getMessage()
                .getBody(IMSessionStateChangeMessage.class);
        assertThat(mine.sessionId()).isEqualTo(gws.agent("alice").session().id());
    }

    /** Each waits, and the common pool of Java 25 has one thread on two cores. */
    private static CompletableFuture<Exchange> atOnce(Supplier<Exchange> operation) {
        return CompletableFuture.supplyAsync(operation, task -> new Thread(task, "caller").start());
    }

    @Test
    void equalTextsEndInTheOrderInWhichTheyWereSent() throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        talk.did("alice?operation=sendMessage" + WAIT, "warm up", TARGET, session.id());
        var withheld = gws.faults().once(Step.CONNECT, new Fault.Withhold());
        CompletableFuture<Exchange> first = atOnce(() ->
                talk.does("alice?operation=sendMessage" + WAIT, "same", TARGET, session.id()));
        assertThat(withheld.awaitHits(1, Talk.PATIENCE)).isTrue();
        CompletableFuture<Exchange> second = atOnce(() ->
                talk.does("alice?operation=sendMessage" + WAIT, "same", TARGET, session.id()));
        assertThat(gws.requests().await(Step.OPERATION, 3, Talk.PATIENCE)).isTrue();
        withheld.release();
        assertThat(first.get(20, TimeUnit.SECONDS).getException()).isNull();
        assertThat(second.get(20, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void aRouteMayWaitForAnEventOfItsOwnAgentWithoutWaitingForTheKeepAlive() throws Exception {
        CompletableFuture<Long> millis = new CompletableFuture<>();
        talk.listens("alice", exchange -> {
            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text && text.message().equals("question")) {
                long before = System.nanoTime();
                talk.did("alice?operation=sendMessage&keepAlive=9000" + WAIT, "answer", TARGET,
                        exchange.getIn().getHeader(IMSessionConstants.ID));
                millis.complete(Duration.ofNanos(System.nanoTime() - before).toMillis());
            }
        }, "keepAlive=9000");
        gws.agent("alice").talksTo("bob").hears("question");
        assertThat(millis.get(20, TimeUnit.SECONDS)).isLessThan(5000);
    }

    @Test
    void whatWaitsWhenTheContextStopsIsOfUnknownOutcome() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ECHO_TO_SENDER));
        String id = gws.agent("alice").talksTo("bob").id();
        CompletableFuture<Exchange> waiting = atOnce(() ->
                talk.does("alice?operation=sendMessage&waitTimeout=600000" + WAIT, "Hello", TARGET, id));
        assertThat(gws.requests().await(Step.OPERATION, 1, Talk.PATIENCE)).isTrue();
        talk.context().stop();
        assertThat(waiting.get(20, TimeUnit.SECONDS).getException())
                .isInstanceOfSatisfying(IMSessionOperationException.class, failure ->
                        assertThat(failure.getOutcome()).isEqualTo(Outcome.UNKNOWN_OUTCOME));
    }
}
