package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that gives every session the same client id, and counts the events of each from the first on. */
class ReusedClientIdTest {

    private static final int SESSIONS = 3;

    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();
    private volatile int lasting = SESSIONS;

    /** The n-th session brings one text, "n", and ends, but for the one that lasts. */
    private List<String> answer(String channel, JsonNode message) {
        int session = handshakes.get();
        switch (channel) {
            case "/meta/handshake":
                handshakes.incrementAndGet();
                connects.set(0);
                return List.of(BayeuxLie.shaken(message, "the-same"));
            case "/meta/connect":
                int number = connects.incrementAndGet();
                if (number <= 2) {
                    String reply = BayeuxLie.numbered(message, number);
                    return number == 1 ? List.of(reply) : BayeuxLie.with(reply, String.valueOf(session));
                }
                return session < lasting ? List.of(BayeuxLie.unknown(message)) : BayeuxLie.NOTHING;
            default:
                return List.of(BayeuxLie.reply(message, ",\"subscription\":\"/v2/me/im-sessions\""));
        }
    }

    @Test
    void aClientIdThatIsUsedAgainCausesNoTwoEventsWithOneSequence() throws Exception {
        try (LyingServer server = LyingServer.telling(new BayeuxLie(this::answer));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            assertThat(sequences(route, SESSIONS)).doesNotHaveDuplicates();
        }
    }

    /** Nor does it if they are events of two processes, whether the second one tries to go on with the session or not. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aClientIdThatIsUsedAgainCausesNoSequenceInTwoProcesses(boolean repository) throws Exception {
        lasting = 1;
        try (LyingServer server = LyingServer.telling(new BayeuxLie(this::answer))) {
            MemoryStateRepository state = new MemoryStateRepository();
            String uri = ListeningRoute.uri(server.url(), "alice", repository ? "stateRepository=#state" : "stateRepository=");
            List<Object> sequences = new ArrayList<>();
            for (int process = 1; process <= 2; process++) {
                try (ListeningRoute route = ListeningRoute.from(uri, exchange -> { }, state)) {
                    sequences.addAll(sequences(route, 1));
                }
                lasting = 2;
            }
            assertThat(sequences).hasSize(2).doesNotHaveDuplicates();
        }
    }

    private static List<Object> sequences(ListeningRoute route, int texts) throws InterruptedException {
        List<Object> sequences = new ArrayList<>();
        while (sequences.size() < texts) {
            Exchange exchange = route.take();
            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage) {
                sequences.add(exchange.getIn().getHeader(IMSessionConstants.SEQUENCE));
            }
        }
        return sequences;
    }
}
