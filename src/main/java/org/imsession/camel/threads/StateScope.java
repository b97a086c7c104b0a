package org.imsession.camel.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The time for which something is in one state: timers and answers count only until it ends, and none is left behind.
 * Used on one executor only, the control executor of that thing.
 */
public final class StateScope {

    private final ScheduledExecutorService scheduler;
    private final Executor control;
    private final List<Future<?>> timers = new ArrayList<>(1);
    private long number;

    /**
     * @param scheduler runs the timers
     * @param control   the executor on which everything is done
     */
    public StateScope(ScheduledExecutorService scheduler, Executor control) {
        this.scheduler = scheduler;
        this.control = control;
    }

    /** The state has changed. */
    public void next() {
        number++;
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    /** The control executor, but for what comes after the state has changed, which is dropped. */
    public Executor here() {
        long mine = number;
        return task -> control.execute(() -> {
            if (mine == number) {
                task.run();
            }
        });
    }

    /** Runs that later, unless the state changes before. */
    public void later(long millis, Runnable task) {
        Executor here = here();
        timers.removeIf(Future::isDone);
        timers.add(Timers.after(scheduler, millis, () -> here.execute(task)));
    }
}
