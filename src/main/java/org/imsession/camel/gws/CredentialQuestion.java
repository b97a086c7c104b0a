package org.imsession.camel.gws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for the credential of one agent, on a thread where that may block. One that is not answered in time is
 * interrupted; as long as it goes on all the same, it is not asked again, so that an agent holds one thread at most.
 * Safe for use by several threads.
 */
final class CredentialQuestion {

    private final String agent;
    private final AgentCredentials credentials;
    private final Executor threads;
    private final long limitMillis;
    private Asked asked;

    /**
     * @param threads     where the question may block
     * @param limitMillis how long the answer may take
     */
    CredentialQuestion(String agent, AgentCredentials credentials, Executor threads, long limitMillis) {
        this.agent = agent;
        this.credentials = credentials;
        this.threads = threads;
        this.limitMillis = limitMillis;
    }

    /** The answer; fails with what the question failed with, or with a timeout. Callers at the same time share it. */
    CompletableFuture<Credential> ask() {
        Asked mine;
        synchronized (this) {
            if (asked != null && !asked.isOver()) {
                return asked.answer.copy();
            }
            asked = new Asked();
            mine = asked;
        }
        mine.begin();
        return mine.answer.copy();
    }

    /** One question. */
    private final class Asked {

        private final CompletableFuture<Credential> answer = new CompletableFuture<>();
        private final FutureTask<Void> call = new FutureTask<>(this::call, null);
        private volatile boolean called;
        private volatile boolean back;

        void begin() {
            answer.orTimeout(limitMillis, TimeUnit.MILLISECONDS).whenComplete((given, failure) -> {
                if (failure instanceof TimeoutException) {
                    call.cancel(true);
                }
            });
            try {
                threads.execute(call);
            } catch (RejectedExecutionException e) {
                answer.completeExceptionally(e); // shutting down
            }
        }

        private void call() {
            called = true;
            try {
                credentials.credential(agent).whenComplete((given, failure) -> {
                    if (failure == null) {
                        answer.complete(given);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            } finally {
                back = true;
            }
        }

        /** Whether it is answered, or given up, and holds no thread any more. */
        boolean isOver() {
            return answer.isDone() && (back || !called);
        }
    }
}
