package org.imsession.camel.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imsession.camel.feed.LoginPace;

/**
 * At most so many logins begin in a second, evenly spread but for some chance, and at most so many are under way; the
 * others wait in the order in which they came. Safe for use by several threads.
 */
final class RampedPace implements LoginPace {

    /** By how much the time between two logins differs from the even one at most, so that nodes do not keep step. */
    private static final double JITTER = 0.5;
    /** How far behind a ramp may be because a timer came late, and still catch up. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final long stepNanos;
    private final Queue<Place> waiting = new ArrayDeque<>();
    private int free;
    private long nextNanos;
    private boolean timed;

    /**
     * @param scheduler  for whose turn is later
     * @param nanoTime   monotonic time in nanoseconds
     * @param random     the source of jitter
     * @param perSecond  how many logins may begin in a second, at least 1
     * @param concurrent how many may be under way, at least 1
     */
    RampedPace(ScheduledExecutorService scheduler, LongSupplier nanoTime, RandomGenerator random, int perSecond,
               int concurrent) {
        atLeastOne("loginsPerSecond", perSecond);
        atLeastOne("concurrentLogins", concurrent);
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.random = random;
        this.stepNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.free = concurrent;
        this.nextNanos = nanoTime.getAsLong();
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + ", it must be at least 1");
        }
    }

    @Override
    public Turn turn(Runnable begin) {
        Place place = new Place(begin);
        synchronized (this) {
            waiting.add(place);
        }
        admit();
        return place;
    }

    /** Lets go whose turn it is; outside of the lock, for what they do is not known here. */
    private void admit() {
        admitted().forEach(place -> place.begin.run());
    }

    private synchronized List<Place> admitted() {
        List<Place> now = new ArrayList<>();
        long time = nanoTime.getAsLong();
        while (free > 0 && !waiting.isEmpty() && nextNanos - time <= 0) {
            Place place = waiting.remove();
            place.phase = Phase.UNDER_WAY;
            free--;
            now.add(place);
            long from = time - SLACK_NANOS - nextNanos > 0 ? time : nextNanos;
            nextNanos = from + (long) (stepNanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
        }
        if (free > 0 && !waiting.isEmpty() && !timed) {
            timed = true;
            try {
                scheduler.schedule(this::onTime, nextNanos - time, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                waiting.clear(); // the threads are shut down, so nobody logs in any more
            }
        }
        return now;
    }

    private void onTime() {
        synchronized (this) {
            timed = false;
        }
        admit();
    }

    private enum Phase { WAITING, UNDER_WAY, OVER }

    private final class Place implements Turn {

        private final Runnable begin;
        private Phase phase = Phase.WAITING;

        Place(Runnable begin) {
            this.begin = begin;
        }

        @Override
        public void over() {
            synchronized (RampedPace.this) {
                if (phase == Phase.WAITING) {
                    waiting.remove(this);
                } else if (phase == Phase.UNDER_WAY) {
                    free++;
                }
                phase = Phase.OVER;
            }
            admit();
        }
    }
}
