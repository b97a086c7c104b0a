package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.result;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.AgentDevice;
import org.junit.jupiter.api.Test;

/** Requests that need a login wait for their turn among those of all agents, and hold it no longer than they must. */
class LoginInTurnTest {

    private static final Answer DEVICES = Answer.json(200, "{\"statusCode\":0,\"devices\":[]}");

    private final List<Runnable> asked = new ArrayList<>();
    private final List<Integer> over = new ArrayList<>();
    private final LoginPace pace = begin -> {
        asked.add(begin);
        int number = asked.size();
        return () -> over.add(number);
    };

    @Test
    void requestsAtTheSameTimeShareOneTurnAndGiveItBack() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            GwsSession session = alice.another(pace);
            CompletableFuture<LoggedInAgent> one = session.who();
            CompletableFuture<LoggedInAgent> two = session.who();
            assertThat(one).isNotDone();
            assertThat(asked).hasSize(1);
            assertThat(over).isEmpty();
            asked.get(0).run();
            assertThat(result(one)).isEqualTo(result(two));
            assertThat(over).containsExactly(1);
            assertThat(session.who()).as("needs no login any more").isDone();
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void whoIsLoggedInForAnotherReasonWaitsNoLonger() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            GwsSession session = alice.another(pace);
            CompletableFuture<LoggedInAgent> waiting = session.who();
            result(session.login());
            result(waiting);
            assertThat(over).containsExactly(1);
            session.forget();
            asked.get(0).run();
            assertThat(session.isLoggedIn()).as("its turn came too late").isFalse();
        }
    }

    @Test
    void aTurnIsGivenBackByALoginThatFails() {
        try (LyingServer server = LyingServer.telling(Answer.json(500, "{\"statusCode\":4}"));
             Agent alice = Agent.at(server)) {
            GwsSession session = alice.another(pace);
            CompletableFuture<List<AgentDevice>> devices = session.devices();
            asked.get(0).run();
            assertThat(Agent.failure(devices).mayHaveBeenDone()).isFalse();
            assertThat(over).containsExactly(1);
        }
    }

    @Test
    void aLoginThatIsRenewedTakesATurnToo() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            GwsSession session = alice.another(pace);
            result(session.login());
            server.tell(Answer.json(401, "{\"statusCode\":20}"));
            CompletableFuture<List<AgentDevice>> devices = session.devices();
            Awaitility.await().until(() -> asked.size() == 1);
            server.tell(Lie.at("/me", LOGGED_IN, DEVICES));
            asked.get(0).run();
            assertThat(result(devices)).isEmpty();
            assertThat(over).containsExactly(1);
        }
    }
}
