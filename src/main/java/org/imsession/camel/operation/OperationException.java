package org.imsession.camel.operation;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.LogText;

/**
 * An operation that was not done, or of which nobody knows whether it was. The message says what, for whom and why; it
 * holds neither texts and user data nor secrets, and there is no cause that could.
 */
public final class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is known of the operation. */
    public enum Outcome {
        /** It was not done: nothing has changed. */
        FAILED,
        /** It left, and may have been done or not. */
        UNKNOWN_OUTCOME
    }

    private final IMSessionOperation operation;
    private final String sessionId;
    private final Outcome outcome;
    private final int httpStatus;
    private final int statusCode;
    private final boolean retryable;
    private final String parameter;

    private OperationException(IMSessionRequest request, String agent, Outcome outcome, int httpStatus, int statusCode,
                               boolean retryable, String why, String parameter) {
        super(LogText.line(request.operation().label()
                + (request.sessionId().isEmpty() ? "" : " in session " + LogText.escape(request.sessionId(), 100))
                + " of agent " + agent
                + (outcome == Outcome.FAILED ? " was not done: " : " may or may not have been done: ") + why));
        this.operation = request.operation();
        this.sessionId = request.sessionId();
        this.outcome = outcome;
        this.httpStatus = httpStatus;
        this.statusCode = statusCode;
        this.retryable = retryable;
        this.parameter = parameter;
    }

    /** A parameter that is mandatory is not there, and cannot be found out. */
    static OperationException missing(IMSessionRequest request, String agent, String parameter, String why) {
        return new OperationException(request, agent, Outcome.FAILED, 0, GwsStatus.PARAMETER_MISSING.code(), false,
                why, parameter);
    }

    /** Something that GWS would refuse was not sent. */
    static OperationException refused(IMSessionRequest request, String agent, GwsStatus status, String why) {
        return new OperationException(request, agent, Outcome.FAILED, 0, status.code(), status.passing(), why, "");
    }

    /** Nothing was sent, for a reason that may pass. */
    static OperationException unsent(IMSessionRequest request, String agent, String why) {
        return new OperationException(request, agent, Outcome.FAILED, 0, GwsStatus.UNKNOWN.code(), true, why, "");
    }

    /** What was asked beforehand failed. */
    static OperationException before(IMSessionRequest request, String agent, GwsException failure) {
        return of(request, agent, failure, Outcome.FAILED);
    }

    /** The request itself failed. */
    static OperationException of(IMSessionRequest request, String agent, GwsException failure) {
        return of(request, agent, failure, failure.mayHaveBeenDone() && !request.operation().isRead()
                ? Outcome.UNKNOWN_OUTCOME : Outcome.FAILED);
    }

    private static OperationException of(IMSessionRequest request, String agent, GwsException failure,
                                         Outcome outcome) {
        GwsStatus status = failure.status();
        boolean passing = status == GwsStatus.UNKNOWN || status == GwsStatus.OK
                ? failure.retryable() : status.passing();
        boolean retryable = outcome == Outcome.FAILED ? passing : request.operation().repeatable();
        return new OperationException(request, agent, outcome, failure.httpStatus(), failure.statusCode(), retryable,
                failure.getMessage(), "");
    }

    /** The server has accepted it in words that leave the result open. */
    static OperationException open(IMSessionRequest request, String agent, int httpStatus, GwsStatus status,
                                   String why) {
        return new OperationException(request, agent, Outcome.UNKNOWN_OUTCOME, httpStatus, status.code(),
                request.operation().repeatable(), why, "");
    }

    /**
     * The exception of this kind in the failure of a future.
     *
     * @param failure what a {@link java.util.concurrent.CompletableFuture} failed with, not {@code null}
     */
    public static Optional<OperationException> in(Throwable failure) {
        Throwable each = failure;
        while ((each instanceof CompletionException || each instanceof ExecutionException)
                && each.getCause() != null) {
            each = each.getCause();
        }
        return each instanceof OperationException found ? Optional.of(found) : Optional.empty();
    }

    /** What was to be done. */
    public IMSessionOperation operation() {
        return operation;
    }

    /** The session, empty if the operation is about none. */
    public String sessionId() {
        return sessionId;
    }

    /** What is known. */
    public Outcome outcome() {
        return outcome;
    }

    /** The HTTP status of the answer, 0 if there was none. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The {@code statusCode} of GWS, also where we refuse in its stead; -1 if there is none. */
    public int statusCode() {
        return statusCode;
    }

    /** Whether the same request can succeed later, and does no harm if the first one was done after all. */
    public boolean retryable() {
        return retryable;
    }

    /** The parameter that is missing, empty if it is something else. */
    public String parameter() {
        return parameter;
    }
}
