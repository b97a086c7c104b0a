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

    private final Map<String, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();
    private final Executor threads;

    /** @param threads what goes on with a task that had to wait, so that a long lane does not become a deep stack */
    SessionOrder(Executor threads) {
        this.threads = threads;
    }

    /** Runs a task when it is its turn; its future is not that of the task's own, but ends with it. */
    <T> CompletableFuture<T> inTurn(String lane, Supplier<CompletableFuture<T>> task) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        CompletableFuture<Void> before = tails.put(lane, turn);
        CompletableFuture<T> mine = before == null
                ? CompletableFuture.completedFuture(null).thenCompose(begin -> task.get())
                : before.thenComposeAsync(over -> task.get(), threads);
        return mine.whenComplete((result, failure) -> {
            tails.remove(lane, turn);
            turn.complete(null);
        });
    }
}
