package org.imsession.camel.bayeux;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.imsession.camel.threads.Timers;

/**
 * Watches over a session in which nothing happens for longer than anything may take: CometD has states in which it says
 * that it is connected, no request is under way and no timer runs. Its timer goes with the session, so that many
 * sessions in a row leave none behind. Safe for use by several threads.
 */
final class SilenceWatch {

    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final LongSupplier allowedMillis;
    private final LongConsumer onSilence;
    private volatile long progressNanos;
    private volatile boolean suspended;
    private Future<?> timer;

    /**
     * @param allowedMillis how long silence may last; asked each time
     * @param onSilence     told how long it has lasted, in milliseconds, when it was longer
     */
    SilenceWatch(ScheduledExecutorService scheduler, LongSupplier nanoTime, LongSupplier allowedMillis,
                 LongConsumer onSilence) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.allowedMillis = allowedMillis;
        this.onSilence = onSilence;
    }

    /** Begins to watch. */
    synchronized void begin() {
        end();
        resume(0);
        timer = timer(allowedMillis.getAsLong());
    }

    /** Watches no more. */
    synchronized void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Something happened. */
    void progress() {
        progressNanos = nanoTime.getAsLong();
    }

    /**
     * Somebody thinks about what to do next, which may take as long as it likes.
     *
     * @param retry what is to be done then
     * @return the same, and the watch goes on
     */
    BayeuxSessionListener.Retry suspendedUntil(BayeuxSessionListener.Retry retry) {
        suspended = true;
        return new BayeuxSessionListener.Retry() {
            @Override
            public void after(long millis) {
                resume(millis);
                retry.after(millis);
            }

            @Override
            public void never() {
                resume(0);
                retry.never();
            }
        };
    }

    /** Something is to happen in so many milliseconds. */
    void resume(long millis) {
        progressNanos = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        suspended = false;
    }

    private Future<?> timer(long millis) {
        return Timers.after(scheduler, Math.max(1, millis), this::look);
    }

    private synchronized void again(long millis) {
        if (timer != null) {
            timer = timer(millis);
        }
    }

    private void look() {
        if (suspended) {
            progress();
        }
        long silence = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - progressNanos);
        long allowed = allowedMillis.getAsLong();
        if (silence >= allowed) {
            onSilence.accept(silence);
        } else {
            again(allowed - silence);
        }
    }
}
