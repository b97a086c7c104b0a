package org.imsession.camel.bench;

import java.util.concurrent.TimeUnit;

/**
 * Warms up until the rate is steady: until for some windows in a row none was faster than the fastest before by more
 * than noise. What is not steady within {@code bench.warmUp} seconds (60) is measured all the same, and says so. One
 * thread at a time.
 */
final class WarmUp {

    private static final double NOISE = 0.03;
    private static final int WINDOWS = 5;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(Integer.getInteger("bench.warmUp", 60));

    private final String what;
    private final long began = System.nanoTime();
    private double best;
    private int since;

    /** @param what is warmed up, as it is printed */
    WarmUp(String what) {
        this.what = what;
    }

    /** Something that is done for a short while and says how fast it was, in whatever unit: more is faster. */
    interface Window {
        double rate() throws Exception;
    }

    /** Does it until it is steady. */
    void run(Window window) throws Exception {
        while (!isSteady(window.rate()) && System.nanoTime() - began < LIMIT_NANOS) {
            continue;
        }
        System.out.printf("warm-up %s: %s after %.0f s, at best %,.2f%n", what,
                since < WINDOWS ? "NOT STEADY" : "steady", (System.nanoTime() - began) / 1e9, best);
    }

    /** Takes the next window in. */
    boolean isSteady(double rate) {
        since = rate > best * (1 + NOISE) ? 0 : since + 1;
        best = Math.max(best, rate);
        return since >= WINDOWS;
    }
}
