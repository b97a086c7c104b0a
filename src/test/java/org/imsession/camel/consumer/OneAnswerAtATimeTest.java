package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.BayeuxLie;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server without acknowledgements puts events into whichever answer leaves next. Two answers on two connections may
 * overtake each other, so there must be one under way at a time.
 */
class OneAnswerAtATimeTest {

    private static final Lie CUT = (request, wire) -> wire.close();

    private final CountDownLatch connect = new CountDownLatch(2);
    private final CountDownLatch settled = new CountDownLatch(1);
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger texts = new AtomicInteger();
    private final AtomicBoolean beside = new AtomicBoolean();

    private static List<String> shaken(JsonNode message) {
        return List.of(BayeuxLie.reply(message, ",\"clientId\":\"session-1\",\"supportedConnectionTypes\":"
                + "[\"long-polling\"],\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000}"));
    }

    private static boolean isOfServices(JsonNode message) {
        return message.path("subscription").asText().equals("/notifications/services");
    }

    private static ListeningRoute route(LyingServer server, String... options) throws Exception {
        String[] all = List.of(options).toArray(new String[options.length + 1]);
        all[options.length] = "keepAlive=5000";
        return ListeningRoute.from(ListeningRoute.uri(server.url(), "alice", all));
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer to the subscription goes on its way, and takes longer than that to a connect which left beside it. */
    @Test
    void theFirstConnectDoesNotOvertakeTheSubscription() throws Exception {
        BayeuxLie bayeux = new BayeuxLie((channel, message) -> switch (channel) {
            case "/meta/handshake" -> shaken(message);
            case "/meta/subscribe" -> {
                await(connect, 500);
                yield BayeuxLie.with(BayeuxLie.reply(message, ""), "first");
            }
            case "/meta/connect" -> {
                connect.countDown();
                yield connects.incrementAndGet() == 1 ? BayeuxLie.with(BayeuxLie.reply(message, ""), "second")
                        : BayeuxLie.NOTHING;
            }
            default -> List.of(BayeuxLie.reply(message, ""));
        });
        try (LyingServer server = LyingServer.telling(bayeux);
             ListeningRoute route = route(server, "watchServices=false")) {
            assertThat(route.inbox().takeTexts(2)).containsExactly("first", "second");
        }
    }

    /** The connect that is held is answered first, and its answer takes longer. */
    @Test
    void theSubscriptionToTheServicesDoesNotOvertakeTheConnectBeforeIt() throws Exception {
        BayeuxLie bayeux = new BayeuxLie((channel, message) -> switch (channel) {
            case "/meta/handshake" -> shaken(message);
            case "/meta/subscribe" -> {
                if (!isOfServices(message)) {
                    yield List.of(BayeuxLie.reply(message, ""));
                }
                int before = connects.get();
                await(connect, 300);
                beside.set(before > 2 || connects.get() > before);
                yield before > 1 ? BayeuxLie.with(BayeuxLie.reply(message, ""), next())
                        : List.of(BayeuxLie.reply(message, ""));
            }
            case "/meta/connect" -> switch (connects.incrementAndGet()) {
                case 1 -> List.of(BayeuxLie.reply(message, ""));
                case 2 -> {
                    String first = next();
                    await(settled, 20_000);
                    yield BayeuxLie.with(BayeuxLie.reply(message, ""), first);
                }
                default -> texts.get() == 2 ? BayeuxLie.NOTHING : BayeuxLie.with(BayeuxLie.reply(message, ""), next());
            };
            default -> List.of(BayeuxLie.reply(message, ""));
        });
        try (LyingServer server = LyingServer.telling(bayeux); ListeningRoute route = route(server)) {
            route.awaitSettled();
            await(connect, 300);
            settled.countDown();
            assertThat(route.inbox().takeTexts(2)).containsExactly("1", "2");
            assertThat(beside).as("a connect was under way").isFalse();
        }
    }

    private String next() {
        return String.valueOf(texts.incrementAndGet());
    }

    /** What was in an answer that broke off is lost with it, whatever was asked; what was refused had none. */
    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerToItThatBreaksOffIsOneGapAndCostsNoSession(Lie services, List<FeedGap.Reason> gaps) throws Exception {
        BayeuxLie bayeux = new BayeuxLie((channel, message) -> switch (channel) {
            case "/meta/handshake" -> shaken(message);
            case "/meta/connect" -> settled.getCount() > 0 ? List.of(BayeuxLie.reply(message, ""))
                    : texts.incrementAndGet() == 1 ? BayeuxLie.with(BayeuxLie.reply(message, ""), "after")
                            : BayeuxLie.NOTHING;
            default -> List.of(BayeuxLie.reply(message, ""));
        });
        Lie server = (request, wire) -> {
            boolean watch = request.path().endsWith("/subscribe") && isOfServices(request.json().path(0));
            if (watch) {
                settled.countDown();
            }
            (watch ? services : bayeux).tell(request, wire);
        };
        try (LyingServer lying = LyingServer.telling(server); ListeningRoute route = route(lying)) {
            List<FeedGap.Reason> told = new ArrayList<>();
            String text = "";
            while (!text.equals("after")) {
                IMSessionNotification body = route.takeBody();
                if (body instanceof FeedGap gap) {
                    told.add(gap.reason());
                }
                text = body instanceof IMLogUpdateMessage said ? said.message() : "";
            }
            assertThat(told).isEqualTo(gaps);
            assertThat(bayeux.messages("/meta/handshake")).hasSize(1);
        }
    }

    static List<Arguments> answers() {
        List<FeedGap.Reason> lost = List.of(FeedGap.Reason.ANSWER_LOST);
        return List.of(Arguments.argumentSet("cut", CUT, lost),
                Arguments.argumentSet("a gateway that gave it up", Answer.status(504), lost),
                Arguments.argumentSet("refused by a gateway", Answer.status(403), List.of()),
                Arguments.argumentSet("refused", (Lie) (request, wire) -> Answer.json(200, "[{\"channel\":"
                        + "\"/meta/subscribe\",\"id\":" + request.json().path(0).get("id") + ",\"successful\":false,"
                        + "\"error\":\"403:denied:denied\"}]").tell(request, wire), List.of()));
    }
}
