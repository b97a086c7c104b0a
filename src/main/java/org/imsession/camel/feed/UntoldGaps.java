package org.imsession.camel.feed;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The gaps that have been found and not been told to every subscriber. What is kept for the next process says since
 * when there are any, so that a gap is told even if this process dies with it. Safe for use by several threads.
 */
final class UntoldGaps {

    private final Map<Object, Instant> since = new IdentityHashMap<>();
    private final Runnable onAllTold;

    /**
     * @param onAllTold called, on the thread that said so, when the last of them has been told
     */
    UntoldGaps(Runnable onAllTold) {
        this.onAllTold = onAllTold;
    }

    /**
     * Adds a gap, or extends it.
     *
     * @param from since when events are missing for a process that knows only what was kept
     */
    synchronized void add(Object gap, Instant from) {
        since.merge(gap, from, UntoldGaps::earlier);
    }

    /** The one has become the other. */
    synchronized void replace(Object one, Object other) {
        Instant from = since.remove(one);
        if (from != null) {
            since.put(other, from);
        }
    }

    /** Every subscriber has been told. */
    void told(Object gap) {
        boolean all;
        synchronized (this) {
            all = since.remove(gap) != null && since.isEmpty();
        }
        if (all) {
            onAllTold.run();
        }
    }

    /** Since when events are missing of which nobody has been told, {@link Instant#MAX} if none are. */
    synchronized Instant earliest() {
        return since.values().stream().reduce(Instant.MAX, UntoldGaps::earlier);
    }

    synchronized void forget() {
        since.clear();
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
