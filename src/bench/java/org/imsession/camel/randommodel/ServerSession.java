package org.imsession.camel.randommodel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Bayeux session as CometD's server keeps it with the ack extension ({@code AcknowledgedMessagesSessionExtension},
 * {@code BatchArrayQueue}): each message is kept under the batch in which it was queued, until that batch is
 * acknowledged; an answer ends a batch and carries all messages that are left, oldest first. Without it, an answer
 * takes along what it carries. Guarded by the lock of the server.
 */
final class ServerSession {

    private record Queued(long batch, int number) {
    }

    private final String id;
    private final boolean acknowledging;
    private final Deque<Queued> queue = new ArrayDeque<>();
    private long batch = 1;
    private long connects;
    private int held;
    private long idleSince = System.nanoTime();
    private boolean subscribed;

    ServerSession(String id, boolean acknowledging) {
        this.id = id;
        this.acknowledging = acknowledging;
    }

    String id() {
        return id;
    }

    void subscribe() {
        subscribed = true;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    void offer(int number) {
        if (subscribed) {
            queue.addLast(new Queued(batch, number));
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Drops what is acknowledged. */
    void acknowledge(long upTo) {
        while (acknowledging && !queue.isEmpty() && queue.peekFirst().batch() <= upTo) {
            queue.removeFirst();
        }
    }

    /** A connect comes, and overtakes the one that is held. */
    long connect() {
        held++;
        return ++connects;
    }

    boolean isLatest(long connect) {
        return connect == connects;
    }

    /** A connect is no longer held. */
    void answered() {
        held--;
        idleSince = System.nanoTime();
    }

    boolean isExpired(int maxIntervalMillis) {
        return held == 0 && System.nanoTime() - idleSince > TimeUnit.MILLISECONDS.toNanos(maxIntervalMillis);
    }

    /** The messages of an answer. */
    List<Integer> take() {
        List<Integer> numbers = new ArrayList<>();
        queue.forEach(each -> numbers.add(each.number()));
        if (!acknowledging) {
            queue.clear();
        }
        return numbers;
    }

    /** Ends a batch. */
    long nextBatch() {
        return batch++;
    }

    boolean isAcknowledging() {
        return acknowledging;
    }
}
