package org.imsession.camel.operation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Keeps what is done in one session in the order in which it was asked for: each begins when the one before it has
 * ended, well or not. Different sessions do not wait for each other.
 */
final class SessionOrder {

    /** Whether this thread is within a task that had to wait. */
    private static final ThreadLocal<Boolean> WITHIN = new ThreadLocal<>();

    private final Map<String, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();
    private final Executor threads;

    /** @param threads what goes on where a thread is within such a task, so that a long lane is no deep stack */
    SessionOrder(Executor threads) {
        this.threads = threads;
    }

    /** Runs a task when it is its turn; its future is not that of the task's own, but ends with it. */
    <T> CompletableFuture<T> inTurn(String lane, Supplier<CompletableFuture<T>> task) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        CompletableFuture<Void> before = tails.put(lane, turn);
        CompletableFuture<T> mine = before == null
                ? CompletableFuture.completedFuture(null).thenCompose(begin -> task.get())
                : before.thenComposeAsync(over -> task.get(), this::atOnce);
        return mine.whenComplete((result, failure) -> {
            tails.remove(lane, turn);
            turn.complete(null);
        });
    }

    /**
     * A task that had to wait begins on the thread that ended the one before, which has just heard an answer: it only
     * sends, and to wake another thread for that would take longer than all the rest.
     */
    private void atOnce(Runnable task) {
        if (WITHIN.get() != null) {
            threads.execute(task);
            return;
        }
        WITHIN.set(true);
        try {
            task.run();
        } finally {
            WITHIN.remove();
        }
    }
}
