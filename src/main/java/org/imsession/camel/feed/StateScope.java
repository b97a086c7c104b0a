package org.imsession.camel.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.imsession.camel.threads.Timers;

/**
 * The time for which a feed is in one state: timers and answers count only until it ends, and none is left behind. Used
 * on the control executor of the feed only.
 */
final class StateScope {

    private final FeedRuntime runtime;
    private final Executor control;
    private final List<Future<?>> timers = new ArrayList<>();
    private long number;

    /**
     * @param control the executor on which everything is done
     */
    StateScope(FeedRuntime runtime, Executor control) {
        this.runtime = runtime;
        this.control = control;
    }

    /** The state has changed. */
    void next() {
        number++;
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    /** The control executor, but for what comes after the state has changed, which is dropped. */
    Executor here() {
        long mine = number;
        return task -> control.execute(() -> {
            if (mine == number) {
                task.run();
            }
        });
    }

    /** Runs that later, unless the state changes before. */
    void later(long millis, Runnable task) {
        Executor here = here();
        timers.removeIf(Future::isDone);
        timers.add(Timers.after(runtime.scheduler(), millis, () -> here.execute(task)));
    }
}
