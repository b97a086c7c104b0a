package org.imsession.camel.feed;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The events of one Bayeux session between the wire and the subscribers. They wait until the subscription of the session
 * is confirmed and the gap before it is told; those of one that never came so far go first then. One thread at a time.
 */
final class SessionQueue {

    private final String session;
    private final DeliveryGuarantee guarantee;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private Phase phase = Phase.WAITING;
    private long epoch;

    private enum Phase {
        /** The subscription is not confirmed, or a gap is to be told first. */
        WAITING,
        /** What comes is decoded at once. */
        OPEN,
        /** What comes is for nobody: the server sends it again, or the feed has stopped. */
        CLOSED
    }

    SessionQueue(String session, DeliveryGuarantee guarantee) {
        this.session = session;
        this.guarantee = guarantee;
    }

    /** A name for the session that is no secret. */
    String session() {
        return session;
    }

    DeliveryGuarantee guarantee() {
        return guarantee;
    }

    /** The subscription of which its events are. */
    long epoch() {
        return epoch;
    }

    /** Whether nothing of it is to come. */
    boolean isEmpty() {
        return phase != Phase.WAITING || waiting.isEmpty();
    }

    /**
     * Decodes events when it is their turn.
     *
     * @return whether they are for anybody
     */
    boolean take(Runnable decode) {
        if (phase == Phase.OPEN) {
            decode.run();
        } else if (phase == Phase.WAITING) {
            waiting.addLast(decode);
        }
        return phase != Phase.CLOSED;
    }

    /** A gap is to be told before what comes next. */
    void hold() {
        phase = phase == Phase.OPEN ? Phase.WAITING : phase;
    }

    /** What has come, and what is to come, is of that subscription. */
    void open(long subscription) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.OPEN;
        epoch = subscription;
        for (Runnable decode = waiting.pollFirst(); decode != null; decode = waiting.pollFirst()) {
            decode.run();
        }
    }

    void close() {
        phase = Phase.CLOSED;
        waiting.clear();
    }
}
