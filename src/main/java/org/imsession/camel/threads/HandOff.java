package org.imsession.camel.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread could hand to another thread, and does itself as soon as what it is doing has returned: to wake a
 * thread costs more than most of what is handed over here, and each event would wake two. Only for tasks that nothing
 * else waits behind. One of its own for each thread.
 */
public final class HandOff {

    private static final Logger LOG = LoggerFactory.getLogger(HandOff.class);
    private static final ThreadLocal<HandOff> OF_THREAD = new ThreadLocal<>();

    private final Deque<Runnable> tasks = new ArrayDeque<>(4);
    private boolean collecting;

    private HandOff() {
    }

    /**
     * Runs something on this thread, which keeps what is {@linkplain #execute handed over} meanwhile to itself. It must
     * {@linkplain #run run} that before long.
     */
    public static void collect(Runnable work) {
        HandOff mine = OF_THREAD.get();
        if (mine == null) {
            mine = new HandOff();
            OF_THREAD.set(mine);
        }
        boolean before = mine.collecting;
        mine.collecting = true;
        try {
            work.run();
        } finally {
            mine.collecting = before;
        }
    }

    /**
     * Hands a task over.
     *
     * @param otherwise runs it if this thread does not collect
     * @throws java.util.concurrent.RejectedExecutionException as that executor does
     */
    public static void execute(Runnable task, Executor otherwise) {
        HandOff mine = OF_THREAD.get();
        if (mine != null && mine.collecting) {
            mine.tasks.addLast(task);
        } else {
            otherwise.execute(task);
        }
    }

    /** Runs what this thread has kept; whatever fails of it, the rest is run. */
    public static void run() {
        HandOff mine = OF_THREAD.get();
        if (mine != null) {
            for (Runnable task = mine.tasks.pollFirst(); task != null; task = mine.tasks.pollFirst()) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) { // whose thread this is goes on with its own work
                    LOG.error("IMS-900 A task of the feed failed; please report this", ShownFailure.of(e));
                }
            }
        }
    }
}
