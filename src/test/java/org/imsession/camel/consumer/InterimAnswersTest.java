package org.imsession.camel.consumer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imsession.camel.lie.Answer;
import org.imsession.camel.lie.Lie;
import org.imsession.camel.lie.LyingServer;
import org.junit.jupiter.api.Test;

/** Row S16, of CometD's transport: interim answers without end, which keep Jetty from looking at any clock. */
class InterimAnswersTest {

    private static final String FLOOD = "HTTP/1.1 102 Processing\r\n\r\n".repeat(9_000);
    private static final Answer LOGGED_IN = Answer.json(200, "{\"statusCode\":0,\"user\":{\"userName\":\"alice\"}}");

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger flowing = new AtomicInteger();

    private Lie flood() {
        return (request, wire) -> {
            begun.incrementAndGet();
            flowing.incrementAndGet();
            try {
                while (!wire.pause(0)) {
                    wire.write(FLOOD);
                }
            } catch (IOException e) {
                wire.close(); // as it should: the other end has closed it
            } finally {
                flowing.decrementAndGet();
            }
        };
    }

    @Test
    void withoutEndHoldNoConnectionAndTheFeedTriesAgain() throws Exception {
        try (LyingServer server = LyingServer.telling(Lie.at("/me", LOGGED_IN, flood()));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                     "requestTimeout=300", "keepAlive=100"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE.multipliedBy(3)).until(() -> begun.get() >= 2);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> flowing.get() <= 1);
            route.close();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> flowing.get() == 0);
        }
    }
}
