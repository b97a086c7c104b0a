package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A login takes its place when it has its credential, and not before. */
class PacedLoginTest {

    private final LyingServer server = LyingServer.telling(LOGGED_IN);
    private final Agent alice = Agent.at(server);
    private final Steps ahead = new Steps(LoginPace.NONE);
    private final Steps pace = new Steps(ahead);
    private final List<CompletableFuture<Credential>> questions = new ArrayList<>();
    private Optional<Credential> atHand = Optional.empty();

    private final AgentCredentials credentials = new AgentCredentials() {
        @Override
        public CompletionStage<Credential> credential(String agent) {
            questions.add(new CompletableFuture<>());
            return questions.get(questions.size() - 1);
        }

        @Override
        public Optional<Credential> atHand(String agent) {
            return atHand;
        }
    };

    /** Who has asked for a turn, and who has given one back. */
    private record Steps(List<Runnable> asked, List<Integer> over, LoginPace ahead) implements LoginPace {

        Steps(LoginPace ahead) {
            this(new ArrayList<>(), new ArrayList<>(), ahead);
        }

        @Override
        public Turn turn(Runnable begin) {
            asked.add(begin);
            int number = asked.size();
            return () -> {
                if (!over.contains(number)) {
                    over.add(number);
                }
            };
        }
    }

    @AfterEach
    void close() {
        alice.close();
        server.close();
    }

    private static Credential password(String password) {
        return new Credential.Password("alice", password);
    }

    private GwsSession session(Executor threads) {
        return alice.another(credentials, threads);
    }

    private String sent() {
        return server.requests().get(server.requests().size() - 1).header("Authorization").orElseThrow();
    }

    @Test
    void asksForItsTurnWhenTheVaultHasAnswered() {
        PacedLogin login = session(Runnable::run).login(pace);
        assertThat(questions).as("many may wait for leave to ask").isEmpty();
        ahead.asked().get(0).run();
        assertThat(questions).hasSize(1);
        assertThat(pace.asked()).as("holds no place").isEmpty();
        questions.get(0).complete(password("one"));
        assertThat(pace.asked()).hasSize(1);
        assertThat(ahead.over()).as("one more credential known ahead").isEmpty();
        assertThat(server.requests()).isEmpty();
        pace.asked().get(0).run();
        result(login.done());
        assertThat(ahead.over()).containsExactly(1);
        assertThat(pace.over()).as("the place is its owner's").isEmpty();
        login.over();
        assertThat(pace.over()).containsExactly(1);
    }

    @Test
    void takesTheCredentialThatIsAtHandInTheMomentOfTheLogin() {
        atHand = Optional.of(password("before"));
        PacedLogin login = session(Runnable::run).login(pace);
        atHand = Optional.of(password("now"));
        pace.asked().get(0).run();
        result(login.done());
        assertThat(questions).isEmpty();
        assertThat(sent()).isEqualTo(password("now").authorization());
    }

    @Test
    void asksAVaultThatHasTakenThePlaceOfAPasswordMeanwhile() {
        atHand = Optional.of(password("before"));
        PacedLogin login = session(Runnable::run).login(pace);
        atHand = Optional.empty();
        pace.asked().get(0).run();
        questions.get(0).complete(password("now"));
        result(login.done());
        assertThat(sent()).isEqualTo(password("now").authorization());
    }

    @Test
    void sendsNothingOnceItIsNotWantedAnyMore() {
        GwsSession session = session(Runnable::run);
        PacedLogin waitsForLeave = session.login(pace);
        waitsForLeave.over();
        ahead.asked().get(0).run();
        PacedLogin waitsForTheVault = session.login(pace);
        ahead.asked().get(1).run();
        waitsForTheVault.over();
        questions.get(0).complete(password("one"));
        PacedLogin waitsForItsTurn = session.login(pace);
        ahead.asked().get(2).run();
        questions.get(1).complete(password("two"));
        waitsForItsTurn.over();
        pace.asked().get(0).run();
        assertThat(questions).hasSize(2);
        assertThat(ahead.over()).containsExactly(1, 2, 3);
        assertThat(pace.over()).containsExactly(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void givesEverythingBackIfTheVaultFails() {
        PacedLogin login = session(Runnable::run).login(pace);
        ahead.asked().get(0).run();
        questions.get(0).completeExceptionally(new IllegalStateException());
        assertThat(failure(login.done()).kind()).isEqualTo(Kind.CREDENTIALS_UNAVAILABLE);
        assertThat(ahead.over()).containsExactly(1);
        assertThat(pace.asked()).isEmpty();
    }

    /** All later logins of the agent used to wait for the one that had never begun. */
    @Test
    void failsIfNoThreadCanBeHadAndTheNextIsTried() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        GwsSession session = session(task -> {
            if (exhausted.get()) {
                throw new InternalError("unable to create native thread");
            }
            task.run();
        });
        assertThat(failure(session.login()).kind()).isEqualTo(Kind.CREDENTIALS_UNAVAILABLE);
        exhausted.set(false);
        CompletableFuture<LoggedInAgent> next = session.login();
        questions.get(0).complete(password("one"));
        result(next);
    }
}
