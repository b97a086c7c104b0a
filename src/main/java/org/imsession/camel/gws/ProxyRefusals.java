package org.imsession.camel.gws;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps credentials that the proxy has refused (HTTP 407) from being sent over and over by all agents: twice at most, with
 * a pause between, and then only when an operator says so. As {@link RefusalGuard} does for those of an agent; these belong
 * to the client and never change within its life. Safe for use by several threads.
 */
final class ProxyRefusals {

    static final Duration PAUSE = Duration.ofMinutes(5);

    private final boolean given;
    private final LongSupplier nanoTime;
    private int refusals;
    private long refusedAt;
    private boolean onceMore;

    /** @param given whether there are any; else a 407 is somebody else's, and nothing is held back */
    ProxyRefusals(boolean given, LongSupplier nanoTime) {
        this.given = given;
        this.nanoTime = nanoTime;
    }

    /** Whether a request may carry them; the second try after the pause is that of one request only. */
    synchronized boolean maySend() {
        if (refusals == 0) {
            return true;
        }
        boolean second = refusals == 1 && nanoTime.getAsLong() - refusedAt >= PAUSE.toNanos();
        if (!onceMore && !second) {
            return false;
        }
        onceMore = false;
        refusals = RefusalGuard.TRIES;
        refusedAt = nanoTime.getAsLong();
        return true;
    }

    /** What was under way when the first answer came counts as one. */
    synchronized void refused() {
        if (given && refusals == 0) {
            refusals = 1;
            refusedAt = nanoTime.getAsLong();
        }
    }

    synchronized void accepted() {
        refusals = 0;
        onceMore = false;
    }

    /** An operator says that they are in order again; what was never refused needs nobody's word. */
    synchronized void onceMore() {
        onceMore = refusals > 0;
    }
}
