package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.IMSessionOperationException.Outcome;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A text is never sent twice by us, and whoever sent it is told what is known. */
class NeverTwiceTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().with(GwsSwitch.CSRF))
            .agent("alice", "secret").agent("bob", "secret");

    private Talk talk;
    private SimulatedSession session;

    @BeforeEach
    void begin() throws Exception {
        talk = new Talk(gws).listens("bob");
        session = gws.agent("alice").talksTo("bob");
        send("first");
        assertThat(Talk.text(talk.nextText("bob"))).isEqualTo("first");
    }

    @AfterEach
    void end() {
        talk.close();
    }

    private void send(String text) {
        talk.did("alice?operation=sendMessage", text, IMSessionConstants.TARGET_ID, session.id());
    }

    /** What bob has heard up to a text that comes through. */
    private void bobHears(String... texts) throws Exception {
        gws.faults().clear();
        send("last");
        for (String text : texts) {
            assertThat(Talk.text(talk.nextText("bob"))).isEqualTo(text);
        }
        assertThat(Talk.text(talk.nextText("bob"))).isEqualTo("last");
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(Arguments.argumentSet("cut in the body", new Fault.Cut(5, false)),
                Arguments.argumentSet("reset in the body", new Fault.Cut(5, true)),
                Arguments.argumentSet("closed before the answer", new Fault.LoseAnswer(false)),
                Arguments.argumentSet("reset before the answer", new Fault.LoseAnswer(true)),
                Arguments.argumentSet("withheld", new Fault.Withhold()));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aTextWhoseAnswerIsLostWasSentOnceAndIsOfUnknownOutcome(Fault fault) throws Exception {
        int posts = gws.requests().count(Step.OPERATION);
        gws.faults().once(Step.OPERATION, fault);
        assertUnknown();
        assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(posts + 1);
        bobHears("once");
    }

    static Stream<Arguments> lostRequests() {
        return Stream.of(Arguments.argumentSet("never handled", new Fault.Hang()),
                Arguments.argumentSet("closed", new Fault.CloseConnection(false)),
                Arguments.argumentSet("reset", new Fault.CloseConnection(true)));
    }

    @ParameterizedTest
    @MethodSource("lostRequests")
    void aTextThatNobodyAnswersIsNotSentAgainAndIsOfUnknownOutcome(Fault fault) throws Exception {
        int posts = gws.requests().count(Step.OPERATION);
        gws.faults().once(Step.OPERATION, fault);
        assertUnknown();
        assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(posts + 1);
        gws.faults().abandonRequests();
        bobHears();
    }

    private void assertUnknown() {
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "once",
                IMSessionConstants.TARGET_ID, session.id());
        assertThat(failure.getOutcome()).isEqualTo(Outcome.UNKNOWN_OUTCOME);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.getHttpStatus()).isLessThanOrEqualTo(200);
        assertThat(failure.getStatusCode()).isEqualTo(-1);
    }

    static Stream<Arguments> refusalsThatPass() {
        return Stream.of(refusal("the CSRF token was rotated", GwsServer::rotateCsrf),
                refusal("the HTTP session expired", gws -> gws.agent("alice").expireHttpSession()),
                refusal("HTTP 403, statusCode 20", gws -> gws.faults().once(Step.OPERATION, Fault.accessDenied())),
                refusal("HTTP 401", gws -> gws.faults().once(Step.OPERATION, Fault.status(401))));
    }

    private static Arguments refusal(String name, java.util.function.Consumer<GwsServer> what) {
        return Arguments.argumentSet(name, what);
    }

    @ParameterizedTest
    @MethodSource("refusalsThatPass")
    void aTextThatWasRefusedForItsLoginIsSentOnceMoreAfterANewLogin(java.util.function.Consumer<GwsServer> refusal)
            throws Exception {
        int posts = gws.requests().count(Step.OPERATION);
        int logins = gws.requests().count(Step.LOGIN, "alice");
        refusal.accept(gws);
        send("once");
        assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(posts + 2);
        assertThat(gws.requests().count(Step.LOGIN, "alice")).isEqualTo(logins + 1);
        bobHears("once");
    }

    @Test
    void aCsrfTokenThatIsNeverAcceptedEndsAfterOneMoreAttempt() throws Exception {
        int posts = gws.requests().count(Step.OPERATION);
        gws.faults().always(Step.OPERATION, Fault.json(403, "Missing or invalid Csrf token"));
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "never",
                IMSessionConstants.TARGET_ID, session.id());
        assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure.getHttpStatus()).isEqualTo(403);
        assertThat(gws.requests().count(Step.OPERATION)).isEqualTo(posts + 2);
        bobHears();
    }

    @Test
    void whatFailsBeforeTheTextLeavesIsFailedAndNotUnknown() throws Exception {
        gws.agent("alice").expireHttpSession();
        gws.faults().always(Step.LOGIN, new Fault.Hang());
        int posts = gws.requests().count(Step.OPERATION);
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "never",
                IMSessionConstants.TARGET_ID, session.id());
        assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(gws.requests().count(Step.OPERATION)).as("refused for the expired session").isEqualTo(posts + 1);
    }

    @Test
    void aServerThatIsNotThereHasNotDoneIt() {
        gws.stop();
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "never",
                IMSessionConstants.TARGET_ID, session.id());
        assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.getHttpStatus()).isZero();
    }
}
