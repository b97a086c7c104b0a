package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRetryTest {

    @Test
    void everyStatusIsJudgedOnce() {
        Set<Integer> never = Set.of(501, 505, 506, 507, 508, 510, 511, 525, 526);

        assertThat(helped(400, 500)).containsExactly(404, 408, 409, 421, 423, 425, 429, 499);
        assertThat(helped(500, 600)).doesNotContainAnyElementsOf(never).hasSize(100 - never.size());
    }

    @ParameterizedTest
    @CsvSource({"400, false", "408, true", "413, false", "417, false", "431, false", "500, true", "501, false",
        "502, true", "505, false"})
    void whetherARetryHelpsIsWhatTheTableSays(int status, boolean helps) {
        try (LyingServer server = LyingServer.telling(Answer.html(status, Agent.PAGE));
             Agent alice = Agent.at(server)) {
            GwsException failure = Agent.failure(alice.session().login());

            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.retryable()).isEqualTo(helps);
        }
    }

    @Test
    void whatHasNoStatusIsJudgedByItsKind() {
        assertThat(new GwsException(Kind.NOT_GWS, "a page").retryable()).isTrue();
        assertThat(new GwsException(Kind.TLS, "no").retryable()).isFalse();
    }

    private static Set<Integer> helped(int from, int to) {
        return IntStream.range(from, to).filter(HttpRetry::canHelp).boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
