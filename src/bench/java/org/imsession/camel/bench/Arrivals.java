package org.imsession.camel.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/**
 * Where the events of a client end: counts them, and notes how long each was under way. {@link System#nanoTime()}
 * counts from the same moment in all processes of a Linux machine (CLOCK_MONOTONIC), so the server's can be compared
 * with ours.
 */
final class Arrivals {

    private static final int CAPACITY = 1 << 20;

    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger noted = new AtomicInteger();
    private final long[] nanos = new long[CAPACITY];
    private volatile boolean timing;

    /** Counts an event, whatever it says. */
    void arrived() {
        count.incrementAndGet();
    }

    /** Counts an event, and its time if that is wanted. */
    void arrived(IMSessionStateChangeMessage event) {
        if (timing && event.imSession().userData().get(StateChanges.SENT) instanceof Number sent) {
            note(System.nanoTime() - sent.longValue());
        }
        count.incrementAndGet();
    }

    /** Counts an event that was so long under way, and notes that if it is wanted. */
    void arrived(long underWayNanos) {
        if (timing) {
            note(underWayNanos);
        }
        count.incrementAndGet();
    }

    private void note(long underWayNanos) {
        int index = noted.getAndIncrement();
        if (index < CAPACITY) {
            nanos[index] = underWayNanos;
        }
    }

    long count() {
        return count.get();
    }

    /** Begins to note times, forgetting those noted before. */
    void time() {
        noted.set(0);
        timing = true;
    }

    /** How many times were noted, and their p50, p99 and p99.9 in microseconds. */
    String times() {
        long[] sorted = Arrays.copyOf(nanos, Math.min(CAPACITY, noted.get()));
        Arrays.sort(sorted);
        return sorted.length + " " + percentile(sorted, 0.5) + " " + percentile(sorted, 0.99) + " "
                + percentile(sorted, 0.999);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)] / 1000.0;
    }
}
