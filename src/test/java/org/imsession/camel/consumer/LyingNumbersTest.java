package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.FeedGap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose batch numbers start anew, or that says success and neither a number nor an event. */
class LyingNumbersTest {

    private static final int LAST = 57;

    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();
    private volatile Instant answered;

    private LyingServer server(BayeuxLie.Talk connect) {
        return LyingServer.telling(new BayeuxLie((channel, message) -> {
            if (channel.equals("/meta/handshake")) {
                connects.set(0);
                return List.of(BayeuxLie.shaken(message, "session-" + handshakes.incrementAndGet()));
            }
            if (channel.equals("/meta/connect")) {
                connects.incrementAndGet();
                return connect.to(channel, message);
            }
            return List.of(BayeuxLie.reply(message, ""));
        }));
    }

    private List<String> anewInTheFirstSession(JsonNode message, int number) {
        if (handshakes.get() > 1) {
            return connects.get() > 2 ? BayeuxLie.NOTHING : connects.get() > 1
                    ? BayeuxLie.with(BayeuxLie.numbered(message, connects.get()), "after")
                    : List.of(BayeuxLie.numbered(message, connects.get()));
        }
        return switch (connects.get()) {
            case 1 -> List.of(BayeuxLie.numbered(message, LAST - 1));
            case 2 -> BayeuxLie.with(BayeuxLie.numbered(message, LAST), "before");
            default -> BayeuxLie.with(BayeuxLie.numbered(message, number), "anew");
        };
    }

    /** Told the old number, such a server forgets what it has not sent yet, which nobody could see. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, LAST - 1 })
    void aCountThatStartsAnewEndsTheSessionWithOneGapAndGoesOnWithAcknowledgement(int number) throws Exception {
        try (LyingServer server = server((channel, message) -> anewInTheFirstSession(message, number));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            assertThat(route.inbox().takeTextsUntil("after")).contains("before", "anew", "after");
            route.awaitSettled();
            assertThat(handshakes).hasValue(2);
            assertThat(route.attribute("Gaps")).isEqualTo("1");
            assertThat(route.attribute("DeliveryGuarantee")).isEqualTo("at-least-once");
        }
    }

    @Test
    void aCountThatStartsAnewAgainAndAgainIsNoLongerAcknowledged() throws Exception {
        try (LyingServer server = server((channel, message) -> handshakes.get() > 3 && connects.get() > 2
                ? BayeuxLie.NOTHING
                : List.of(BayeuxLie.numbered(message, connects.get() < 3 ? LAST + connects.get() : 1)));
             ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.attribute("DeliveryGuarantee").equals("at-most-once"));
            route.awaitState("LIVE");
            assertThat(handshakes).hasValue(4);
        }
    }

    /** Which may as well mean that it did not look: the moment of the last numbered answer is where a gap begins. */
    @ParameterizedTest
    @ValueSource(strings = { "", "null", "\"58\"", "-1", "{}", "true" })
    void anAnswerThatSaysSuccessAndNoNumberHasNotBroughtAllThatTheServerHad(String ack) throws Exception {
        try (LyingServer server = server((channel, message) -> {
            if (handshakes.get() > 1) {
                return connects.get() > 2 ? BayeuxLie.NOTHING : List.of(BayeuxLie.numbered(message, connects.get()));
            }
            switch (connects.get()) {
                case 1, 2:
                    answered = Instant.now(); // the next request leaves later
                    return List.of(BayeuxLie.numbered(message, connects.get()));
                case 3, 4, 5:
                    return List.of(ack.isEmpty() ? BayeuxLie.reply(message, "") : BayeuxLie.numbered(message, ack));
                default:
                    return List.of(BayeuxLie.unknown(message));
            }
        })) {
            try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(server.url(), "alice"))) {
                FeedGap gap = route.inbox().takeGap();
                assertThat(gap.from()).isBeforeOrEqualTo(answered);
            }
        }
    }
}
