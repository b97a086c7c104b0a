package org.imsession.camel.recovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.imsession.camel.text.ForPeople;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads of the sinks of one route: the first failure at once, with its stack unless one was told in
 * the last minute; then how many there were, after a minute and after twice the pause each time; and that events go
 * through again. Safe for use by several threads.
 */
final class UndeliveredLog {

    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredLog.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Supplier<String> route;
    private boolean troubled;
    private long troubledNanos;
    private long nextLineNanos;
    private long pauseNanos;
    private int attempts;
    private int givenUp;
    private boolean stackTold;
    private long stackNanos;

    /** @param route the id of the route */
    UndeliveredLog(Supplier<String> route) {
        this.route = route;
    }

    /** Nothing has failed yet. */
    synchronized void clear() {
        troubled = false;
    }

    /**
     * Counts what failed.
     *
     * @param given whether it was given up, too
     */
    synchronized void count(boolean given) {
        if (!troubled) {
            attempts = 0;
            givenUp = 0;
        }
        attempts++;
        givenUp += given ? 1 : 0;
    }

    /**
     * Tells what has become of an event, or, if it is not the first, how many there were.
     *
     * @param what        the event and what has become of it
     * @param stack       what it failed with, {@code null} if that is logged elsewhere
     * @param now         monotonic time in nanoseconds
     * @param undelivered in words, the oldest first
     */
    synchronized void tell(String what, Throwable stack, long now, Supplier<List<String>> undelivered) {
        if (!troubled) {
            troubled = true;
            troubledNanos = now;
            pauseNanos = FIRST_PAUSE_NANOS;
            nextLineNanos = now + pauseNanos;
            LOG.warn("IMS-022 route={} {}", route.get(), what, isStackDue(stack, now) ? ShownFailure.of(stack) : null);
        } else if (now - nextLineNanos >= 0) {
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            nextLineNanos = now + pauseNanos;
            List<String> all = undelivered.get();
            LOG.warn("IMS-022 route={} {} failed attempts in {}, {} events given up; undelivered now: {}{}",
                    route.get(), attempts, lasts(now), givenUp, all.isEmpty() ? "none, the last " + what : all.get(0),
                    all.size() > 1 ? "; and " + (all.size() - 1) + " more" : "");
        }
    }

    private boolean isStackDue(Throwable stack, long now) {
        boolean due = stack != null && (!stackTold || now - stackNanos >= FIRST_PAUSE_NANOS);
        if (due) {
            stackTold = true;
            stackNanos = now;
        }
        return due;
    }

    private String lasts(long now) {
        return ForPeople.duration(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(now - troubledNanos)));
    }

    /** An event has gone through. */
    synchronized void well(String event, long now) {
        if (troubled) {
            troubled = false;
            LOG.info("IMS-022 route={} events go through again, first {}, after {}: {} failed attempts, {} events given"
                    + " up", route.get(), event, lasts(now), attempts, givenUp);
        }
    }
}
