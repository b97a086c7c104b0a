package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;

class UnreachableServerTest {

    @Test
    void aRefusedPortIsNamed() {
        LyingServer gone = LyingServer.telling(Lie.silence());
        gone.close();
        try (Agent alice = Agent.at(gone)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure).hasMessageContainingAll(gone.url(), "Connection refused", "Check");
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        try (Agent alice = Agent.at("https://gws.invalid:8443", HttpSettings.defaults())) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_HOST);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure).hasMessageContainingAll("https://gws.invalid:8443", "serverUrl");
        }
    }

    @Test
    void aServerThatNeverAnswersCostsNoMoreThanTheRequestTimeout() {
        try (LyingServer server = LyingServer.telling(Lie.silence());
             Agent alice = Agent.at(Agent.settings(server.url()).withRequestTimeout(Duration.ofMillis(300)),
                     HttpSettings.defaults())) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContainingAll(server.url(), "0.3 s", "requestTimeout");
        }
    }

    @Test
    void anAnswerSlowerThanTheIdleTimeoutIsWaitedFor() {
        Lie slow = (request, wire) -> {
            wire.pause(900);
            LOGGED_IN.tell(request, wire);
        };
        try (LyingServer server = LyingServer.telling(slow);
             Agent alice = Agent.at(server.url(), HttpSettings.defaults().withIdleTimeout(Duration.ofMillis(300)))) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
        }
    }

    @Test
    void anAnswerCutAnywhereIsNeverTakenForAWholeOne() {
        byte[] whole = LOGGED_IN.bytes();
        for (int length = 0; length < whole.length; length += 7) {
            try (LyingServer server = LyingServer.telling(LOGGED_IN.cutAfter(length));
                 Agent alice = Agent.at(server)) {
                assertThat(failure(alice.session().login()).kind()).as("cut after " + length)
                        .isIn(Kind.ANSWER_LOST, Kind.BAD_ANSWER);
            }
        }
    }

    @Test
    void anOperationWhoseAnswerIsLostIsNotSentTwice() {
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, Lie.hangUp()));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().post(List.of("me", "im-sessions"),
                    Map.of("operationName", "InitiateIMSession")));

            assertThat(failure.kind()).isEqualTo(Kind.ANSWER_LOST);
            assertThat(failure).hasMessageContaining(server.url());
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aServerThatFailsIsReportedWithItsStatusAndWithoutItsPage() {
        try (LyingServer server = LyingServer.telling(Answer.html(500, "<html>" + Agent.PAGE + "</html>"));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
            assertThat(failure.httpStatus()).isEqualTo(500);
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void aStoppedClientSaysSo() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            alice.stop();

            assertThat(failure(alice.session().login())).hasMessageContaining("stopped");
        }
    }
}
