package org.imsession.simulator.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * A Bayeux session of a replay. As with CometD's ack extension, where the recorded server had it, each answer to a
 * connect
 * has the number of a batch, and what was not acknowledged comes again in front. Not for use by several threads.
 */
final class ReplayedSession {

    private record Sent(long batch, Bayeux event) {
    }

    private final String clientId = UUID.randomUUID().toString().replace("-", "");
    private final boolean acknowledges;
    private final Deque<Sent> unacknowledged = new ArrayDeque<>();
    private long batch;
    private boolean connected;

    /** @param acknowledges whether the server keeps events until they are acknowledged */
    ReplayedSession(boolean acknowledges) {
        this.acknowledges = acknowledges;
    }

    String clientId() {
        return clientId;
    }

    /** Whether nothing waits to be acknowledged. */
    boolean isTaken() {
        return unacknowledged.isEmpty();
    }

    void acknowledged(long number) {
        unacknowledged.removeIf(sent -> sent.batch() <= number);
    }

    /** True once: a server answers the first connect at once. */
    boolean isFirstConnect() {
        boolean first = !connected;
        connected = true;
        return first;
    }

    /** What an answer to a connect has, with a reply to it. */
    List<Bayeux> answer(Bayeux reply, List<Bayeux> events, boolean replyFirst) {
        connected = true;
        List<Bayeux> all = new ArrayList<>();
        if (acknowledges) {
            batch++;
            events.forEach(event -> unacknowledged.add(new Sent(batch, event)));
            unacknowledged.forEach(sent -> all.add(sent.event()));
        } else {
            all.addAll(events);
        }
        all.add(replyFirst ? 0 : all.size(), acknowledges ? reply.acknowledging(batch) : reply);
        return all;
    }
}
