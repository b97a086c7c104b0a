package org.imsession.camel.randommodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.brokenserver.Wire;
import org.imsession.camel.randommodel.Act.Step;

/**
 * A GWS for one agent that keeps to the semantics of the ack extension, and to nothing else: requests, answers and
 * sessions get lost as the dice say. It knows by the path which process asks, so that what a dead one still sends comes
 * to nothing, as if its machine were gone.
 */
final class AckingServer implements AutoCloseable {

    /** How long a connect is held. */
    static final int HOLD_MILLIS = 400;
    /** What the client waits for an answer beyond that. */
    static final int PATIENCE_MILLIS = 700;
    private static final int SLOW_MILLIS = 150;
    private static final int FORGETTING_MILLIS = 300;

    private final LyingServer http = LyingServer.telling(this::tell);
    private final Setting setting;
    private final Dice dice;
    private final Book book;
    private final Map<String, ServerSession> sessions = new HashMap<>();
    private final Map<Step, Deque<Mishap>> ordered = new EnumMap<>(Step.class);
    private final Set<Integer> dead = new HashSet<>();
    private int made;
    private int chat;
    private long awayUntil = System.nanoTime();
    private boolean calm;

    AckingServer(Setting setting, Dice dice, Book book) {
        this.setting = setting;
        this.dice = dice;
        this.book = book;
    }

    String url() {
        return http.url();
    }

    /** The path under which the process of that number asks. */
    static String path(int life) {
        return "/life" + life + "/api/v2";
    }

    /** Sends the next number to the agent. */
    synchronized int send() {
        int number = book.sent();
        sessions.values().forEach(each -> each.offer(number));
        notifyAll();
        return number;
    }

    synchronized boolean isSubscribed() {
        return sessions.values().stream().anyMatch(ServerSession::isSubscribed);
    }

    synchronized void forget() {
        sessions.clear();
        notifyAll();
    }

    /** Nothing of that process counts any more. */
    synchronized void forget(int life) {
        dead.add(life);
        notifyAll();
    }

    synchronized void away(int millis) {
        awayUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    synchronized void chat() {
        chat++;
    }

    synchronized void order(Step step, Mishap mishap) {
        ordered.computeIfAbsent(step, each -> new ArrayDeque<>()).add(mishap);
    }

    /** From now on all goes well. */
    synchronized void calm() {
        calm = true;
        ordered.clear();
        awayUntil = System.nanoTime();
    }

    private void tell(Heard request, Wire wire) throws IOException, InterruptedException {
        int life = Integer.parseInt(request.path().substring("/life".length(), request.path().indexOf('/', 1)));
        if (isUnreachable(life)) {
            wire.close();
        } else if (request.path().contains("/notifications")) {
            bayeux(life, request, wire);
        } else {
            rest(life, request, wire);
        }
    }

    private synchronized boolean isUnreachable(int life) {
        return dead.contains(life) || awayUntil - System.nanoTime() > 0;
    }

    private synchronized boolean isDead(int life) {
        return dead.contains(life);
    }

    private void rest(int life, Heard request, Wire wire) throws IOException, InterruptedException {
        boolean list = request.path().endsWith("/im-sessions");
        String body = list ? Wording.list(listed()) : Wording.USER;
        write(life, mishap(list ? Step.LIST : Step.OTHER), body, wire);
    }

    private synchronized int listed() {
        return chat;
    }

    private void bayeux(int life, Heard request, Wire wire) throws IOException, InterruptedException {
        JsonNode messages = request.json();
        StringBuilder body = new StringBuilder();
        Mishap worst = Mishap.NONE;
        for (JsonNode message : messages) {
            Step step = step(message.path("channel").asText());
            Mishap mishap = mishap(step);
            if (mishap == Mishap.FORGOTTEN_LATE) {
                wire.pause(FORGETTING_MILLIS);
            }
            String answer = mishap == Mishap.LOST_REQUEST ? null : answer(life, step, message, mishap);
            if (answer == null) {
                wire.close();
                return;
            }
            body.append(body.isEmpty() ? "" : ",").append(answer);
            worst = mishap == Mishap.NONE ? worst : mishap;
        }
        write(life, worst, "[" + body + "]", wire);
    }

    private static Step step(String channel) {
        return switch (channel) {
            case "/meta/handshake" -> Step.HANDSHAKE;
            case "/meta/subscribe" -> Step.SUBSCRIBE;
            case "/meta/connect" -> Step.CONNECT;
            default -> Step.OTHER;
        };
    }

    private synchronized Mishap mishap(Step step) {
        Deque<Mishap> next = ordered.get(step);
        if (next != null && !next.isEmpty()) {
            return next.removeFirst();
        }
        if (calm || !dice.happens("mishap " + step, setting.mishapPercent())) {
            return Mishap.NONE;
        }
        Mishap chosen = setting.mishaps().get(dice.roll("which " + step, setting.mishaps().size()));
        // what is asked twice of a server that keeps nothing is gone with the first answer, and nobody can know
        return chosen == Mishap.ASKED_TWICE && !setting.acknowledging() ? Mishap.SLOW : chosen;
    }

    private void write(int life, Mishap mishap, String body, Wire wire) throws IOException, InterruptedException {
        byte[] bytes = Answer.json(200, body).bytes();
        if (mishap == Mishap.SLOW || mishap == Mishap.TOO_SLOW) {
            wire.pause(mishap == Mishap.SLOW ? 1 + dice.roll("slow", SLOW_MILLIS) : HOLD_MILLIS + PATIENCE_MILLIS + 300);
        }
        if (mishap == Mishap.LOST_ANSWER || isDead(life)) {
            wire.close();
        } else if (mishap == Mishap.CUT_ANSWER) {
            wire.write(Arrays.copyOf(bytes, bytes.length - 1 - dice.roll("cut", body.length())));
            wire.close();
        } else {
            wire.write(bytes);
        }
    }

    /** The answer to one message, {@code null} for none. */
    private synchronized String answer(int life, Step step, JsonNode message, Mishap mishap)
            throws InterruptedException {
        String id = message.path("id").asText();
        String channel = message.path("channel").asText();
        if (step == Step.HANDSHAKE) {
            if (mishap == Mishap.REFUSED || mishap == Mishap.FORGOTTEN) {
                return Wording.refused(channel, id);
            }
            boolean acknowledging = setting.acknowledging() && message.path("ext").path("ack").asBoolean();
            ServerSession session = new ServerSession("client-" + ++made, acknowledging);
            sessions.put(session.id(), session);
            return Wording.handshaken(id, session, HOLD_MILLIS, setting.maxIntervalMillis());
        }
        ServerSession session = session(message.path("clientId").asText(), mishap);
        if (session == null) {
            return Wording.unknown(channel, id);
        }
        return switch (step) {
            case CONNECT -> connect(life, session, message, mishap);
            case SUBSCRIBE -> {
                if (mishap == Mishap.REFUSED) {
                    yield Wording.refused(channel, id);
                }
                session.subscribe();
                yield Wording.done(channel, id);
            }
            default -> {
                if (channel.equals("/meta/disconnect")) {
                    sessions.remove(session.id());
                    notifyAll();
                }
                yield Wording.done(channel, id);
            }
        };
    }

    private ServerSession session(String id, Mishap mishap) {
        ServerSession session = sessions.get(id);
        if (session != null && (mishap == Mishap.FORGOTTEN
                || mishap == Mishap.FORGOTTEN_LATE || session.isExpired(setting.maxIntervalMillis()))) {
            sessions.remove(id);
            notifyAll();
            return null;
        }
        return session;
    }

    private String connect(int life, ServerSession session, JsonNode message, Mishap mishap)
            throws InterruptedException {
        String id = message.path("id").asText();
        session.acknowledge(message.path("ext").path("ack").asLong(-1));
        long connect = session.connect();
        notifyAll(); // the one that is overtaken
        long hold = message.path("advice").path("timeout").asLong(HOLD_MILLIS);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(hold, HOLD_MILLIS));
        while (session.isEmpty() && session.isLatest(connect) && isKnown(session) && !dead.contains(life)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        session.answered();
        if (dead.contains(life) || !session.isLatest(connect)) {
            return null;
        }
        if (!isKnown(session)) {
            return Wording.unknown("/meta/connect", id);
        }
        if (mishap == Mishap.ASKED_TWICE) {
            session.nextBatch();
        }
        List<Integer> numbers = session.take();
        return Wording.connected(id, session.isAcknowledging() ? session.nextBatch() : -1, numbers);
    }

    private boolean isKnown(ServerSession session) {
        return sessions.get(session.id()) == session;
    }

    @Override
    public void close() {
        http.close();
        forget();
    }
}
