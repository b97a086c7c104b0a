package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpiredLoginTest {

    private static final Answer DONE = Answer.json(200, "{\"statusCode\":0}");
    private static final Answer DENIED = Answer.json(403, "{\"statusCode\":20,\"statusMessage\":\"Access denied\"}");
    private static final List<String> PATH = List.of("me", "im-sessions", "007");

    static Stream<Answer> denials() {
        return Stream.of(Answer.status(401), DENIED, Answer.json(200, "{\"statusCode\":20}"));
    }

    @ParameterizedTest
    @MethodSource("denials")
    void anExpiredLoginIsRenewedOnceAndTheRefusedRequestRepeatedOnce(Answer denial) {
        try (LyingServer server = LyingServer.telling(Lie.inOrder(LOGGED_IN, denial, LOGGED_IN, DONE));
             Agent alice = Agent.at(server)) {
            result(alice.session().post(PATH, Map.of("operationName", "Complete")));

            assertThat(server.requests()).extracting(Heard::method).containsExactly("GET", "POST", "GET", "POST");
            assertThat(server.requests().get(2).header("Authorization")).contains(Agent.BASIC);
        }
    }

    @Test
    void aLoginThatIsDeniedAgainAtOnceEndsInAClearErrorAndNoLoop() {
        try (LyingServer server = LyingServer.telling(Lie.at("/007", DENIED, LOGGED_IN));
             Agent alice = Agent.at(server)) {
            GwsException failure = failure(alice.session().get(PATH));

            assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
            assertThat(failure.status()).isEqualTo(GwsStatus.NOT_AUTHENTICATED);
            assertThat(failure).as("another node may have answered").hasMessageContaining("sticky sessions");
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void ofManyRequestsAtTheSameTimeIsRenewedByOneLogin() {
        int many = 10;
        AtomicInteger denied = new AtomicInteger();
        CyclicBarrier allDenied = new CyclicBarrier(many);
        Lie lie = (request, wire) -> {
            if (request.path().endsWith("/me")) {
                LOGGED_IN.tell(request, wire);
            } else if (denied.incrementAndGet() <= many) {
                try {
                    allDenied.await();
                } catch (BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
                DENIED.tell(request, wire);
            } else {
                DONE.tell(request, wire);
            }
        };
        try (LyingServer server = LyingServer.telling(lie); Agent alice = Agent.at(server)) {
            result(alice.session().login());
            List<CompletableFuture<GwsAnswer>> requests = IntStream.range(0, many)
                    .mapToObj(i -> alice.session().get(PATH)).toList();

            requests.forEach(Agent::result);
            assertThat(server.requests("/api/v2/me")).hasSize(2);
        }
    }
}
