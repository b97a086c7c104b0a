package org.imsession.camel.consumer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.api.Test;

/** Row S16, of CometD's transport: interim answers without end, which keep Jetty from looking at any clock. */
class InterimAnswersTest {

    private static final String INTERIM = "HTTP/1.1 102 Processing\r\n\r\n";
    private static final String FLOOD = INTERIM.repeat(9_000);
    /** Jetty keeps 250 bytes of each until the flow pauses, so on a busy machine it must not go on for ever. */
    private static final int FLOODS = 80;
    private static final Answer LOGGED_IN = Answer.json(200, "{\"statusCode\":0,\"user\":{\"userName\":\"alice\"}}");

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger flowing = new AtomicInteger();

    private Lie flood() {
        return (request, wire) -> {
            begun.incrementAndGet();
            flowing.incrementAndGet();
            try {
                for (int i = 0; i < FLOODS; i++) {
                    wire.write(FLOOD);
                }
                while (!wire.pause(10)) {
                    wire.write(INTERIM);
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
