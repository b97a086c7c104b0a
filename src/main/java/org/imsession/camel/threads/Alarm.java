package org.imsession.camel.threads;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A timer that is set again and again, and hardly ever rings. To give a scheduler a task that is due before all others
 * wakes one of its threads, and so does taking the next one; an answer a millisecond would do that thousands of times a
 * second. So the scheduler's task stays where it is when the alarm is set to a later time, and looks when it runs
 * whether the alarm is due. There is no need to switch it off: whoever it rings for looks whether there is anything to
 * do. Safe for use by several threads.
 */
public final class Alarm {

    private final ScheduledExecutorService threads;
    private final Runnable ring;
    private final Runnable shutDown;
    private ScheduledFuture<?> timer;
    private long number;
    private long laterNanos;
    private boolean set;

    /**
     * It is off.
     *
     * @param ring     what it does, on a thread of the scheduler
     * @param shutDown what is done instead, on the thread that sets it, if the threads are shut down
     */
    public Alarm(ScheduledExecutorService threads, Runnable ring, Runnable shutDown) {
        this.threads = threads;
        this.ring = ring;
        this.shutDown = shutDown;
    }

    /**
     * Sets it, and anew if it is set.
     *
     * @param millis how long after now it rings, in milliseconds
     */
    public void in(long millis) {
        set(millis, false);
    }

    /**
     * Sets it, unless it is set to an earlier time.
     *
     * @param millis how long after now it rings at the latest, in milliseconds
     */
    public void within(long millis) {
        set(millis, true);
    }

    private void set(long millis, boolean earlierCounts) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
        boolean down = false;
        synchronized (this) {
            long left = timer == null ? Long.MAX_VALUE : Math.max(0, timer.getDelay(TimeUnit.NANOSECONDS));
            if (left > nanos) {
                cancel();
                down = !begin(nanos);
            } else if (!set || !earlierCounts || nanos < left + laterNanos) {
                laterNanos = nanos - left;
            }
            set = true;
        }
        if (down) {
            shutDown.run();
        }
    }

    /** Switches it off, and leaves nothing behind in the scheduler. It can be set again. */
    public synchronized void end() {
        set = false;
        cancel();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private boolean begin(long nanos) {
        long mine = ++number;
        laterNanos = 0;
        try {
            timer = threads.schedule(() -> look(mine), nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void look(long mine) {
        synchronized (this) {
            if (mine != number || timer == null) {
                return; // it was cancelled in that moment
            }
            timer = null;
            if (!set) {
                return;
            }
            if (laterNanos > 0) {
                begin(laterNanos); // if they are shut down, whoever shuts them down has ended all that waits
                return;
            }
            set = false;
        }
        ring.run();
    }
}
