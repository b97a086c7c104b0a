package org.imsession.camel.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.IMSessionOperationException.Outcome;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code of "Return Values", with HTTP statuses seen or likely, becomes an exception that says it. */
class ErrorCodesTest {

    @RegisterExtension
    static final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private static Talk talk;
    private static String session;

    @BeforeAll
    static void begin() {
        talk = new Talk(gws);
        session = gws.agent("alice").session().talks().id();
    }

    @AfterAll
    static void end() {
        talk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400,  0, UNKNOWN_OUTCOME, false", "500,  0, UNKNOWN_OUTCOME, false",
        "400,  1, FAILED,          false", "200,  1, FAILED,          false",
        "400,  2, FAILED,          true",  "409,  2, FAILED,          true",
        "403,  3, FAILED,          false",
        "500,  4, FAILED,          true",  "503,  4, FAILED,          true",  "200,  4, FAILED,          true",
        "403,  5, FAILED,          false",
        "404,  6, FAILED,          false",
        "200,  7, UNKNOWN_OUTCOME, false",
        "403,  8, FAILED,          false",
        "202,  9, UNKNOWN_OUTCOME, false",
        "400, 10, FAILED,          false",
        "400, 11, FAILED,          false",
        "500, 12, FAILED,          true",
        "500, 13, FAILED,          true",
        "500, 14, FAILED,          true",
        "500, 15, FAILED,          true",
        "500, 16, FAILED,          true",
        "500, 17, FAILED,          true",
        "409, 18, FAILED,          false",
        "409, 19, FAILED,          true",
        "403, 20, FAILED,          false", "401, 20, FAILED,          false",
        "200, 77, FAILED,          false", "400, 77, FAILED,          false" })
    void saysWhatIsDocumented(int http, int code, Outcome outcome, boolean retryable) {
        gws.faults().always(Step.OPERATION, Fault.json(http,
                "{\"statusCode\":" + code + ",\"statusMessage\":\"Because of the weather\"}"));
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "Psst",
                IMSessionConstants.TARGET_ID, session);

        assertThat(failure.getHttpStatus()).isEqualTo(http);
        assertThat(failure.getStatusCode()).isEqualTo(code);
        assertThat(failure.getStatusMeaning()).isEqualTo(GwsStatus.of(code).meaning());
        assertThat(failure.getOutcome()).isEqualTo(outcome);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.getOperation()).isEqualTo(IMSessionOperation.SEND_MESSAGE);
        assertThat(failure.getSessionId()).isEqualTo(session);
        assertThat(failure).hasMessageContaining("sendMessage in session " + session + " of agent alice")
                .hasMessageContaining("statusCode " + code)
                .hasMessageContaining(outcome == Outcome.FAILED ? "was not done" : "may or may not have been done");
    }

    @ParameterizedTest
    @CsvSource({ "302, FAILED, false", "404, FAILED, true", "405, FAILED, false", "413, FAILED, false",
        "429, FAILED, true", "500, UNKNOWN_OUTCOME, false", "502, UNKNOWN_OUTCOME, false",
        "503, UNKNOWN_OUTCOME, false", "504, UNKNOWN_OUTCOME, false", "200, UNKNOWN_OUTCOME, false" })
    void anAnswerThatIsNotOfGwsSaysWhatCanBeKnown(int http, Outcome outcome, boolean retryable) {
        gws.faults().once(Step.OPERATION, Fault.json(http, "<html>a gateway</html>"));
        IMSessionOperationException failure = talk.failed("alice?operation=sendMessage", "Psst",
                IMSessionConstants.TARGET_ID, session);

        assertThat(failure.getHttpStatus()).isEqualTo(http);
        assertThat(failure.getStatusCode()).isEqualTo(-1);
        assertThat(failure.getOutcome()).isEqualTo(outcome);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure).hasMessageNotContaining("gateway</html>");
    }

    @Test
    void whatCanBeRepeatedWithoutHarmIsRetryableAlsoWithAnUnknownOutcome() {
        gws.faults().always(Step.OPERATION, Fault.status(504));
        for (String operation : new String[] { "complete", "updateUserData", "deleteUserData", "attachUserData" }) {
            IMSessionOperationException failure = talk.failed("alice?operation=" + operation, operation.startsWith("d")
                    ? "key" : java.util.Map.of("key", "value"), IMSessionConstants.TARGET_ID, session);
            assertThat(failure.getOutcome()).isEqualTo(Outcome.UNKNOWN_OUTCOME);
            assertThat(failure.isRetryable()).as(operation).isEqualTo(!operation.equals("attachUserData"));
        }
    }

    @Test
    void aReadThatFailedHasChangedNothing() {
        gws.faults().once(Step.SNAPSHOT, Fault.status(504));
        IMSessionOperationException failure = talk.failed("alice?operation=listSessions", null);
        assertThat(failure.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure.isRetryable()).isTrue();
    }
}
