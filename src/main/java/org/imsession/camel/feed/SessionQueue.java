package org.imsession.camel.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.event.EventNumber;
import org.imsession.camel.model.FeedGap;

/**
 * The events of one Bayeux session between the wire and the subscribers, and the gaps among them. They wait until the
 * subscription of the session is confirmed and the gap before it is told; those of one that never came so far go first
 * then. One thread at a time.
 */
final class SessionQueue {

    private final String session;
    private final DeliveryGuarantee guarantee;
    private final Deque<Turn> waiting = new ArrayDeque<>(1);
    private Phase phase = Phase.WAITING;
    private long epoch;
    private long filtered;

    private enum Phase {
        /** The subscription is not confirmed, or a gap is to be told first. */
        WAITING,
        /** What comes is decoded at once. */
        OPEN,
        /** What comes is for nobody: the server sends it again, or the feed has stopped. */
        CLOSED
    }

    private record Turn(Runnable task, boolean gap) {
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

    /** An event in it is for nobody, because it is of another channel. */
    void filter(long position) {
        filtered += position >= 0 ? 1 : 0;
    }

    /** The number of an event that is told, and of those that were filtered since the one before it. */
    EventNumber number(long position) {
        if (position < 0) {
            return EventNumber.NONE;
        }
        EventNumber number = new EventNumber(session, position, filtered);
        filtered = 0;
        return number;
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
            waiting.addLast(new Turn(decode, false));
        }
        return phase != Phase.CLOSED;
    }

    /** Tells of events that were dropped, when it is their turn: behind what came before them. */
    void take(FeedGap dropped, Consumer<FeedGap> tell) {
        if (phase == Phase.WAITING) {
            waiting.addLast(new Turn(() -> tell.accept(dropped), true));
        } else {
            tell.accept(dropped);
        }
    }

    /** What waits up to the last gap is of that subscription: a gap that is told next is a later one. */
    void letGapsGo(long subscription) {
        epoch = phase == Phase.CLOSED ? epoch : subscription;
        while (waiting.stream().anyMatch(Turn::gap)) {
            waiting.pollFirst().task().run();
        }
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
        for (Turn turn = waiting.pollFirst(); turn != null; turn = waiting.pollFirst()) {
            turn.task().run();
        }
    }

    /** Events are for nobody; gaps are told all the same, for neither comes again, but whoever has left has its mark. */
    void close() {
        phase = Phase.CLOSED;
        waiting.stream().filter(Turn::gap).forEach(gap -> gap.task().run());
        waiting.clear();
    }
}
