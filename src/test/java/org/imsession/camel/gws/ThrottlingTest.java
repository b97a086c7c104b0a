package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.failure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottlingTest {

    private static final int ANSWERS = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void theWaitThatTheServerAsksForIsHandedOn(int status) {
        try (LyingServer server = LyingServer.telling(Answer.html(status, Agent.PAGE).header("Retry-After", "17"));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
            assertThat(failure).hasMessageContaining("17 s");
        }
    }

    @Test
    void aServerThatNamesNoTimeIsUnderstoodAllTheSame() {
        try (LyingServer server = LyingServer.telling(Answer.status(429)); Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryAfter()).isEmpty();
        }
    }

    @Test
    void anUnavailableServerThatNamesNoTimeHasFailed() {
        try (LyingServer server = LyingServer.telling(Answer.status(503)); Agent alice = Agent.at(server)) {
            assertThat(failure(alice.session().login()).kind()).isEqualTo(Kind.SERVER_ERROR);
        }
    }

    /** The clock of these tests says 10:00:00. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "0 | PT0S", "120 | PT2M", "3600 | PT1H", "3601 | PT1H", "99999999999999999999 | PT1H",
            "Mon, 05 Jan 2026 10:00:30 GMT | PT30S", "Mon, 05 Jan 2026 09:00:00 GMT | PT0S",
            "Tue, 05 Jan 2027 10:00:00 GMT | PT1H"})
    void aWaitIsBelievedBetweenNothingAndOneHour(String value, Duration wait) {
        assertThat(RetryAfter.parse(value, Agent.CLOCK)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "1.5", "Mon, 99 Jan 2026 10:00:30 GMT"})
    void whatIsNoRetryAfterIsNoWait(String value) {
        assertThat(RetryAfter.parse(value, Agent.CLOCK)).isEmpty();
    }

    /** Each answer is asked: a pattern and an exception would be made for each. */
    @Test
    void noHeaderIsNoWaitAndCostsNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        boolean empty = true;
        for (int i = 0; i < ANSWERS; i++) {
            empty &= RetryAfter.parse(null, Agent.CLOCK).isEmpty();
        }
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(empty).isTrue();
        assertThat(bytes / ANSWERS).as("bytes for an answer").isLessThan(10);
    }
}
