package org.imsession.camel.position;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.imsession.camel.threads.SerialExecutor;
import org.imsession.camel.threads.Timers;

/**
 * Calls a position store on the keepers, one call after the other, and waits for none of them for ever: a disk or a
 * database that hangs holds its thread, and nobody else. Safe for use by several threads.
 */
final class StoreCalls {

    /** How long a call may take, with those before it. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final ScheduledExecutorService scheduler;
    private final SerialExecutor serial;
    private volatile boolean stuck;

    StoreCalls(ScheduledExecutorService scheduler, Executor keepers) {
        this.scheduler = scheduler;
        this.serial = new SerialExecutor(keepers);
    }

    /** Whether a call has taken too long and has not come back yet. */
    boolean stuck() {
        return stuck;
    }

    /**
     * Makes a call after those before it.
     *
     * @return its result on a keeper, or what it failed with; or an {@link IllegalStateException} on another thread,
     *         if it takes too long
     */
    <T> CompletableFuture<T> call(Supplier<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Future<?> limit = limit(answer);
        later(() -> {
            try {
                answer.complete(call.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            } finally {
                limit.cancel(false);
            }
        });
        return answer;
    }

    /** Makes a call for which nobody waits. */
    void later(Runnable call) {
        serial.execute(() -> {
            call.run();
            stuck = false;
        });
    }

    private Future<?> limit(CompletableFuture<?> answer) {
        return Timers.after(scheduler, LIMIT.toMillis(), () -> {
            if (!answer.isDone()) {
                stuck = true;
                answer.completeExceptionally(new IllegalStateException("the state repository did not answer within "
                        + LIMIT.toSeconds() + " s"));
            }
        });
    }
}
