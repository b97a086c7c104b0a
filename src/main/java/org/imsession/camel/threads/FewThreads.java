package org.imsession.camel.threads;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks, each of which may wait as long as it likes, on the threads of a pool without a bound, and wakes as few of
 * them as that allows: to wake one costs more than most tasks do. A thread that has done its task takes the next one,
 * and one thread at a time is on its way for all that have come meanwhile. No task waits for the end of another: who
 * takes one while there are more calls a thread for those first.
 *
 * <p>If no thread can be had, because they are shut down for example, who hands a task over runs it, or who runs one
 * already does; only then may a task wait for the end of another. Safe for use by several threads.
 */
public final class FewThreads implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(FewThreads.class);

    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean onItsWay = new AtomicBoolean();

    /**
     * @param threads begins at once with what it is given, or throws
     */
    public FewThreads(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!isCalled()) {
            work();
        }
    }

    /** Whether a thread is on its way to what is there; calls one if none is. */
    private boolean isCalled() {
        if (onItsWay.get() || !onItsWay.compareAndSet(false, true)) {
            return true;
        }
        try {
            threads.execute(this::work);
            return true;
        } catch (RuntimeException | Error e) { // shut down, or there is none left
            LOG.debug("No thread can be had, this one goes on", e);
            onItsWay.set(false);
            return false;
        }
    }

    private void work() {
        onItsWay.set(false); // before it looks: what is added from here on calls another
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            boolean othersAreCared = tasks.isEmpty() || isCalled();
            run(task);
            if (othersAreCared && Thread.currentThread().isInterrupted()) {
                return; // whose business that is: the pool's, not that of the next task
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("IMS-900 A task of a producer failed; please report this", ShownFailure.of(e));
        }
    }
}
