package org.imsession.camel.feed;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.imsession.camel.bayeux.Trailing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on somebody else's threads, without a thread of its own, so that what they touch needs
 * no lock. Leaves its thread to others after a fair share of tasks.
 */
final class SerialExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
    private static final int FAIR_SHARE = 16;

    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            handOver();
        }
    }

    private void handOver() {
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped {} tasks: the threads are shut down", waiting.get());
        }
    }

    private void run() {
        if (!runShare()) {
            handOver();
        }
        Trailing.run(); // behind everything else, for it may take as long as it likes
    }

    /** Whether no task is left. */
    private boolean runShare() {
        for (int share = 0; share < FAIR_SHARE; share++) {
            try {
                tasks.remove().run();
            } catch (RuntimeException | Error e) {
                LOG.error("IMS-900 A task of the feed failed; please report this", e);
            }
            if (waiting.decrementAndGet() == 0) {
                return true;
            }
        }
        return false;
    }
}
