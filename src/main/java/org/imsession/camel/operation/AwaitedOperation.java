package org.imsession.camel.operation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.imsession.camel.gws.GwsAnswer;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.text.ForPeople;
import org.imsession.camel.threads.Timers;

/**
 * A request that is over when the server has told what it caused. The answer to the request and the notification come
 * in any order; a refusal counts even behind a notification, which then was not ours, and a notification proves what an
 * answer that got lost leaves open.
 */
final class AwaitedOperation {

    private final IMSessionRequest request;
    private final String agent;
    private final Expectation expectation;
    private final Duration patience;
    private final CompletableFuture<Void> notRefused = new CompletableFuture<>();
    private final CompletableFuture<OperationResult> result;
    private volatile Supplier<OperationException> late;

    AwaitedOperation(IMSessionRequest request, String agent, Expectation expectation, Duration patience) {
        this.request = request;
        this.agent = agent;
        this.expectation = expectation;
        this.patience = patience;
        this.late = () -> open(0, GwsStatus.UNKNOWN, "neither an answer nor a notification of it came");
        this.result = notRefused.thenCombine(expectation.met(),
                (nothing, notification) -> new OperationResult.Happened(notification));
    }

    /** Begins to count the time. */
    void begin(ScheduledExecutorService scheduler) {
        Future<?> deadline = Timers.after(scheduler, patience.toMillis(), this::giveUp, this::giveUp);
        result.whenComplete((done, failure) -> deadline.cancel(false));
    }

    Expectation expectation() {
        return expectation;
    }

    CompletableFuture<OperationResult> result() {
        return result;
    }

    /** The server has accepted the request. */
    void accepted(GwsAnswer answer) {
        late = () -> open(answer.httpStatus(), answer.status(), "GWS has accepted it, but no notification of it came");
        notRefused.complete(null);
    }

    /** There is no answer that accepts the request. */
    void failed(OperationException failure) {
        if (!failure.failure().open()) {
            notRefused.completeExceptionally(failure);
            expectation.met().completeExceptionally(failure);
        } else {
            late = () -> failure;
            notRefused.complete(null);
        }
    }

    /** Waits no longer. */
    void giveUp() {
        if (result.isDone()) {
            return;
        }
        expectation.met().completeExceptionally(late.get());
        notRefused.complete(null);
    }

    private OperationException open(int httpStatus, GwsStatus status, String why) {
        return OperationException.open(request, agent, httpStatus, status, why + " within "
                + ForPeople.duration(patience));
    }
}
