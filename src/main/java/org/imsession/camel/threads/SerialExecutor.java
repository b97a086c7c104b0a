package org.imsession.camel.threads;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on somebody else's threads, without a thread of its own, so that what they touch needs
 * no lock. Leaves its thread to others after a fair share of tasks.
 *
 * <p>Those threads may fail to take a run, for want of a native thread for example. Whether they have put it into their
 * queue all the same is not known: a scheduled pool does, before it makes the thread. So a run counts when it begins,
 * not when it is handed over; one that begins while another is at work has nothing to do.
 */
public final class SerialExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
    private static final int FAIR_SHARE = 16;
    private static final long RETRY_MILLIS = 1000;

    /** A number: thousands of agents have several of these, and each object for it costs the collector. */
    private static final AtomicIntegerFieldUpdater<SerialExecutor> PHASE =
            AtomicIntegerFieldUpdater.newUpdater(SerialExecutor.class, "phase");
    /** Whoever adds a task must hand a run over. */
    private static final int IDLE = 0;
    /** A run is on its way. */
    private static final int HANDED_OVER = 1;
    /** A run is at work, and looks for tasks once more before it ends. */
    private static final int RUNNING = 2;

    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile int phase = IDLE;

    /**
     * @param threads run the tasks
     */
    public SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    /** Never fails: a task that no thread can be had for is run later. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    private void wake() {
        if (!tasks.isEmpty() && PHASE.compareAndSet(this, IDLE, HANDED_OVER) && !handOver()
                && PHASE.compareAndSet(this, HANDED_OVER, IDLE)) {
            wakeLater();
        }
    }

    /** Who comes next wakes it, too, but a feed that waits for an answer may be the last to come. */
    private void wakeLater() {
        try {
            CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, Runnable::run).execute(this::wake);
        } catch (RuntimeException | Error e) {
            LOG.debug("No thread for a timer either: whoever comes next goes on", e);
        }
    }

    /** Whether a run is on its way, or never will be. */
    private boolean handOver() {
        try {
            threads.execute(this::run);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped {} tasks: the threads are shut down", tasks.size());
            return true;
        } catch (RuntimeException | Error e) {
            LOG.error("IMS-900 No thread can be had, the tasks of the feed wait: {}",
                    LogText.escape(e.toString()));
            return false;
        }
    }

    private void run() {
        if (PHASE.getAndSet(this, RUNNING) == RUNNING) {
            return; // it was handed over although that failed
        }
        do {
            runShare();
        } while (!isLeft());
        HandOff.run(); // behind everything else, for it may take as long as it likes
    }

    /** Whether this thread is done; it is not if there is more to do and no other thread can be had. */
    private boolean isLeft() {
        phase = IDLE;
        return tasks.isEmpty() || !PHASE.compareAndSet(this, IDLE, HANDED_OVER) || handOver()
                || !PHASE.compareAndSet(this, HANDED_OVER, RUNNING);
    }

    private void runShare() {
        for (int share = 0; share < FAIR_SHARE; share++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("IMS-900 A task of the feed failed; please report this", ShownFailure.of(e));
            }
        }
    }
}
