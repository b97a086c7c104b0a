package org.imsession.camel.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tasks for threads that others own and may have shut down by then: the one place that knows what happens then. */
public final class Timers {

    /** The timer that is none, because the threads are shut down. */
    public static final Future<?> NONE = CompletableFuture.completedFuture(null);

    private Timers() {
    }

    /**
     * Runs a task later.
     *
     * @param millis   how long after now, in milliseconds
     * @param shutDown what is done instead, at once and on this thread, if the threads are shut down
     * @return the timer, or {@link #NONE}
     */
    public static Future<?> after(ScheduledExecutorService threads, long millis, Runnable task, Runnable shutDown) {
        try {
            return threads.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            shutDown.run();
            return NONE;
        }
    }

    /** As the other, and nothing is done if the threads are shut down. */
    public static Future<?> after(ScheduledExecutorService threads, long millis, Runnable task) {
        return after(threads, millis, task, () -> { });
    }

    /**
     * Runs a task again and again, first after the same time.
     *
     * @param millis from the end of one to the beginning of the next, in milliseconds
     * @return the timer, or {@link #NONE}
     */
    public static Future<?> every(ScheduledExecutorService threads, long millis, Runnable task) {
        try {
            return threads.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return NONE;
        }
    }

    /**
     * Runs a task now.
     *
     * @param shutDown what is done instead, on this thread, if the threads are shut down
     */
    public static void execute(Executor threads, Runnable task, Runnable shutDown) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            shutDown.run();
        }
    }
}
