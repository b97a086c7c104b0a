package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An account is locked after a few wrong passwords, so a refused credential must not be sent over and over. */
class WrongPasswordTest {

    private static final Answer REFUSED = Answer.json(403, "{\"statusCode\":20,\"statusMessage\":\"Access denied\"}");

    static Stream<Answer> refusals() {
        return Stream.of(REFUSED,
                Answer.status(401),
                Answer.status(401).header("WWW-Authenticate", "Basic realm=\"gws\""),
                Answer.html(401, "<html>" + Agent.PAGE + "</html>"),
                Answer.html(403, "<html>" + Agent.PAGE + "</html>"),
                Answer.json(200, "{\"statusCode\":20}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aWrongPasswordIsReportedAsSuchHoweverTheServerPutsIt(Answer refusal) {
        try (LyingServer server = LyingServer.telling(refusal); Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContainingAll("alice", "127.0.0.1", "Check user name and password");
            assertThat(alice.session().isLoggedIn()).isFalse();
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Three went within a second, which is what locks an account. */
    @Test
    void aWrongPasswordIsSentTwiceAtMostTheSecondTimeAfterItsRestHoweverOftenItIsAskedFor() {
        try (LyingServer server = LyingServer.telling(REFUSED); Agent alice = Agent.at(server)) {
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            assertThat(server.requests()).hasSize(1);
            assertThat(alice.session().nextTry().orElseThrow()).isPositive().isLessThanOrEqualTo(Agent.REST);

            alice.ahead.addAndGet(Agent.REST.minusMinutes(1).toNanos());
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            assertThat(server.requests()).hasSize(1);

            alice.ahead.addAndGet(Duration.ofMinutes(1).toNanos());
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            assertThat(server.requests()).hasSize(2);
            assertThat(alice.session().nextTry()).isEmpty();

            alice.ahead.addAndGet(Duration.ofDays(1).toNanos());
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static void aWrongPasswordThatIsAskedForTenTimesIsSentOnce(GwsSession session) {
        for (int i = 0; i < 5; i++) {
            assertThat(failure(session.login()).kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
            assertThat(failure(session.get(List.of("me"))).kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
        }
    }

    @Test
    void aWrongPasswordIsNotSentByAnotherSessionOfThatAgent() {
        try (LyingServer server = LyingServer.telling(REFUSED); Agent alice = Agent.at(server)) {
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.another());
            alice.session().forget();
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aWrongPasswordIsSentOnceMoreEachTimeThatAnOperatorSaysSo() {
        try (LyingServer server = LyingServer.telling(REFUSED); Agent alice = Agent.at(server)) {
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            for (int sent = 2; sent < 5; sent++) {
                alice.session().sendAgain();
                aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
                assertThat(server.requests()).hasSize(sent);
            }
            server.tell(LOGGED_IN);
            alice.session().sendAgain();

            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
            server.tell(REFUSED);
            aWrongPasswordThatIsAskedForTenTimesIsSentOnce(alice.session());
            assertThat(server.requests()).as("what was accepted meanwhile counts anew").hasSize(6);
        }
    }

    @Test
    void aWrongPasswordIsSentNoMoreButTheChangedOneIs() {
        AtomicReference<Credential> vault = new AtomicReference<>(new Credential.Password("alice", Agent.PASSWORD));
        try (LyingServer server = LyingServer.telling(REFUSED);
             Agent alice = Agent.with(Agent.settings(server.url()), HttpSettings.defaults(),
                     agent -> CompletableFuture.completedFuture(vault.get()))) {
            for (int i = 0; i < 5; i++) {
                failure(alice.session().login());
            }
            assertThat(result(alice.session().credentialChanged())).isFalse();

            vault.set(new Credential.Password("alice", "another"));
            server.tell(LOGGED_IN);

            assertThat(result(alice.session().credentialChanged())).isTrue();
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
            assertThat(server.requests()).hasSize(2);
        }
    }
}
