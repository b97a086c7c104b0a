package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.LyingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A server as CometD 2.9: with the ack extension it looks at what is not acknowledged only when a connect returns, and
 * so holds one although there is something to send, unless it is told {@code advice.timeout=0}.
 */
class OldServerTest {

    private static final int EVENTS = 7;
    private static final int ROOM = 2;

    @RegisterExtension
    final LogLines log = new LogLines();

    private final List<String> kept = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private int batch;

    private synchronized List<String> answer(String channel, JsonNode message) {
        if (channel.equals("/meta/handshake")) {
            return List.of(BayeuxLie.shaken(message, "session"));
        }
        if (!channel.equals("/meta/connect")) {
            return List.of(BayeuxLie.reply(message, ""));
        }
        int acknowledged = message.path("ext").path("ack").asInt();
        while (!batches.isEmpty() && batches.get(0) <= acknowledged) {
            batches.remove(0);
            kept.remove(0);
        }
        boolean first = batch == 0;
        boolean news = batch == 1;
        if (!first && !news && message.path("advice").path("timeout").asInt(1) != 0) {
            return BayeuxLie.NOTHING;
        }
        batch++;
        if (news) {
            IntStream.range(0, EVENTS).forEach(i -> {
                kept.add(String.valueOf(i));
                batches.add(batch);
            });
        }
        return BayeuxLie.with(BayeuxLie.numbered(message, batch), kept.toArray(String[]::new));
    }

    @Test
    void anOldServerIsAskedAtOnceForWhatFoundNoRoom() throws Exception {
        try (LyingServer server = LyingServer.telling(new BayeuxLie(this::answer));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                     "maxPending=" + ROOM))) {
            List<String> all = IntStream.range(0, EVENTS).mapToObj(String::valueOf).toList();
            assertThat(route.inbox().takeTextsUntil(all.get(EVENTS - 1))).containsExactlyElementsOf(all);
        }
    }

    /** The line used to come when the next answer was there, which may be after half a minute. */
    @Test
    void roomThatRunsOutIsSaidWhenItDoes() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (LyingServer server = LyingServer.telling(new BayeuxLie(this::answer));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice",
                     "maxPending=" + ROOM, "keepAlive=8000"), exchange ->
                     slow.await(ListeningRoute.PATIENCE.toSeconds(), TimeUnit.SECONDS))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> !log.with("IMS-011").isEmpty());
            synchronized (this) {
                assertThat(batch).as("no further answer has come").isEqualTo(2);
            }
            slow.countDown();
        }
    }
}
