package org.imsession.camel.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most so many logins begin in a second, evenly spread but for some chance, and at most so many are under way; the
 * others wait in the order in which they came, in queues that take turns: those for whom somebody waits, and all
 * others; among these, those who have asked for their credential, and those who have it at hand. Who has logged in and
 * goes on needs a place only. Safe for use by several threads.
 *
 * <p>A bounded number has asked ahead and not begun, so that a credential is not much older than the time which that
 * many logins need, however many agents wait; and one that is long in coming holds up those only who ask, too.
 */
final class RampedPace implements LoginPace, AutoCloseable {

    /** By how much the time between two logins differs from the even one at most, so that nodes do not keep step. */
    private static final double JITTER = 0.5;
    /** How far behind a ramp may be because a timer came late, and still catch up. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Fewer would leave threads idle on which credentials may be asked for. */
    private static final int LEAST_AHEAD = 16;
    private static final Logger LOG = LoggerFactory.getLogger(RampedPace.class);

    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final long stepNanos;
    private final LoginPace ahead;
    private final PlaceQueue waiting = new PlaceQueue();
    private final PlaceQueue asked = new PlaceQueue();
    private final PlaceQueue awaited = new PlaceQueue();
    private final PlaceQueue loggedIn = new PlaceQueue();
    private final TakingTurns<Place> line = new TakingTurns<>(awaited, new TakingTurns<>(asked, waiting));
    private boolean closed;
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
        // questions begin at no rate of their own
        this(scheduler, nanoTime, random, perSecond, concurrent, new RampedPace(scheduler, nanoTime, random,
                Integer.MAX_VALUE, Math.max(LEAST_AHEAD, concurrent), NONE));
    }

    private RampedPace(ScheduledExecutorService scheduler, LongSupplier nanoTime, RandomGenerator random,
                       int perSecond, int concurrent, LoginPace ahead) {
        atLeastOne("loginsPerSecond", perSecond);
        atLeastOne("concurrentLogins", concurrent);
        this.ahead = ahead;
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
        return turn(begin, waiting);
    }

    @Override
    public Turn soon(Runnable begin) {
        return turn(begin, awaited);
    }

    @Override
    public Turn further(Runnable begin) {
        return turn(begin, loggedIn);
    }

    @Override
    public Turn asked(Runnable begin) {
        return turn(begin, asked);
    }

    @Override
    public LoginPace ahead() {
        return ahead;
    }

    private Turn turn(Runnable begin, PlaceQueue queue) {
        Place place = new Place(begin, queue);
        synchronized (this) {
            queue.add(place);
        }
        admit();
        return place;
    }

    /** Lets go whoever waits, and whoever comes: there is no server any more that must be spared. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        admit();
        if (ahead instanceof RampedPace also) {
            also.close();
        }
    }

    /**
     * Lets go whose turn it is; outside of the lock, for what they do is not known here. One that fails has no need of
     * its place, and the others have been counted already.
     */
    private void admit() {
        for (List<Place> now = admitted(); !now.isEmpty(); now = admitted()) {
            now.forEach(Place::begin);
        }
    }

    private synchronized List<Place> admitted() {
        List<Place> now = new ArrayList<>();
        while (!loggedIn.isEmpty() && (closed || free > 0)) {
            now.add(begun(loggedIn.remove()));
        }
        long time = nanoTime.getAsLong();
        while (!line.isEmpty() && (closed || free > 0 && nextNanos - time <= 0)) {
            now.add(begun(line.remove()));
            long from = time - SLACK_NANOS - nextNanos > 0 ? time : nextNanos;
            nextNanos = from + (long) (stepNanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
        }
        if (free > 0 && !line.isEmpty() && !timed) {
            timed = true;
            try {
                scheduler.schedule(this::onTime, nextNanos - time, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) { // the threads are shut down, so nobody logs in any more
                waiting.clear();
                asked.clear();
                awaited.clear();
            } catch (RuntimeException | Error e) { // whoever comes or ends next tries again
                timed = false;
                LOG.error("IMS-900 No timer can be had for the next login: {}", LogText.escape(e.toString()));
            }
        }
        return now;
    }

    private Place begun(Place place) {
        place.phase = Phase.UNDER_WAY;
        free--;
        return place;
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
        private final PlaceQueue queue;
        private Phase phase = Phase.WAITING;

        Place(Runnable begin, PlaceQueue queue) {
            this.begin = begin;
            this.queue = queue;
        }

        void begin() {
            try {
                begin.run();
            } catch (RuntimeException | Error e) {
                LOG.error("IMS-900 A login could not begin; please report this", ShownFailure.of(e));
                end();
            }
        }

        @Override
        public void over() {
            end();
            admit();
        }

        private void end() {
            synchronized (RampedPace.this) {
                if (phase == Phase.WAITING) {
                    queue.remove(this);
                } else if (phase == Phase.UNDER_WAY) {
                    free++;
                }
                phase = Phase.OVER;
            }
        }
    }

    /** Where somebody waits. */
    interface Line<T> {

        boolean isEmpty();

        /** Takes the head away; there must be one. */
        T remove();
    }

    private static final class PlaceQueue extends ArrayDeque<Place> implements Line<Place> {

        private static final long serialVersionUID = 1;
    }
}
