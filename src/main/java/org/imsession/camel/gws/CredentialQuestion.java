package org.imsession.camel.gws;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.camel.spi.UnavailableException;
import org.imsession.camel.text.ForPeople;
import org.imsession.camel.threads.FutureFailure;

/**
 * Asks for the credential of one agent, on a thread where that may block, unless it is at hand. A question that is not
 * answered in time is interrupted; as long as it goes on all the same, it is not asked again, so that an agent holds
 * one thread at most. Safe for use by several threads.
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

    /** See {@link AgentCredentials#atHand}. */
    Optional<Credential> atHand() {
        return credentials.atHand(agent);
    }

    /** The answer; fails with a {@link GwsException}. Callers at the same time share it. */
    CompletableFuture<Credential> ask() {
        return atHand().map(CompletableFuture::completedFuture).orElseGet(() -> answer().thenCompose(given ->
                given == null ? CompletableFuture.<Credential>failedFuture(unavailable(null))
                        : CompletableFuture.completedFuture(given))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        GwsException.in(failure).orElseGet(() -> unavailable(failure)))));
    }

    private GwsException unavailable(Throwable failure) {
        if (FutureFailure.of(failure) instanceof UnavailableException known) {
            return new GwsException(Kind.CREDENTIALS_UNAVAILABLE, known.getMessage());
        }
        return new GwsException(Kind.CREDENTIALS_UNAVAILABLE, "No credential for agent " + agent + ": the credentials "
                + "provider " + what(failure)
                + ". Check that it knows this agent");
    }

    private String what(Throwable failure) {
        if (failure == null) {
            return "gave none";
        }
        Throwable cause = FutureFailure.of(failure);
        return cause instanceof TimeoutException ? "gave no answer within "
                + ForPeople.duration(Duration.ofMillis(limitMillis))
                : "failed with " + cause.getClass().getName();
    }

    private CompletableFuture<Credential> answer() {
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
            try {
                answer.orTimeout(limitMillis, TimeUnit.MILLISECONDS).whenComplete((given, failure) -> {
                    if (failure instanceof TimeoutException) {
                        call.cancel(true);
                    }
                });
                threads.execute(call);
            } catch (RuntimeException | Error e) { // shutting down, or no thread can be had
                call.cancel(false); // it may be in a queue all the same
                answer.completeExceptionally(e);
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
