package org.imsession.camel.operation;

import java.util.Optional;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.LogText;
import org.imsession.camel.threads.FutureFailure;

/**
 * An operation that was not done, or of which nobody knows whether it was. The message says what, for whom and why; it
 * holds neither texts and user data nor secrets, and there is no cause that could.
 */
public final class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final OperationFailure failure;

    private OperationException(IMSessionRequest request, String agent, boolean open, int httpStatus, int statusCode,
                               boolean retryable, String why, String parameter) {
        super(LogText.line(request.operation().label()
                + (request.sessionId().isEmpty() ? "" : " in session " + LogText.escape(request.sessionId(), 100))
                + " of agent " + agent + (open ? " may or may not have been done: " : " was not done: ") + why));
        this.failure = new OperationFailure(request.operation(), request.sessionId(), open, httpStatus, statusCode,
                retryable, parameter);
    }

    /** A parameter that is mandatory is not there, and cannot be found out. */
    static OperationException missing(IMSessionRequest request, String agent, String parameter, String why) {
        return new OperationException(request, agent, false, 0, GwsStatus.PARAMETER_MISSING.code(), false,
                why, parameter);
    }

    /** Something that GWS would refuse was not sent. */
    static OperationException refused(IMSessionRequest request, String agent, GwsStatus status, String why) {
        return new OperationException(request, agent, false, 0, status.code(), status.passing(), why, "");
    }

    /** Nothing was sent, for a reason that may pass. */
    static OperationException unsent(IMSessionRequest request, String agent, String why) {
        return new OperationException(request, agent, false, 0, GwsStatus.UNKNOWN.code(), true, why, "");
    }

    /** What was asked beforehand failed. */
    static OperationException before(IMSessionRequest request, String agent, GwsException failure) {
        return of(request, agent, failure, false);
    }

    /** The request itself failed. */
    static OperationException of(IMSessionRequest request, String agent, GwsException failure) {
        return of(request, agent, failure, failure.mayHaveBeenDone() && !request.operation().isRead());
    }

    private static OperationException of(IMSessionRequest request, String agent, GwsException failure, boolean open) {
        GwsStatus status = failure.status();
        boolean passing = status == GwsStatus.UNKNOWN || status == GwsStatus.OK
                ? failure.retryable() : status.passing();
        boolean retryable = open ? request.operation().repeatable() : passing;
        return new OperationException(request, agent, open, failure.httpStatus(), failure.statusCode(), retryable,
                failure.getMessage(), "");
    }

    /** The server has accepted it in words that leave the result open. */
    static OperationException open(IMSessionRequest request, String agent, int httpStatus, GwsStatus status,
                                   String why) {
        return new OperationException(request, agent, true, httpStatus, status.code(),
                request.operation().repeatable(), why, "");
    }

    /**
     * The exception of this kind in the failure of a future.
     *
     * @param failure what a {@link java.util.concurrent.CompletableFuture} failed with, not {@code null}
     */
    public static Optional<OperationException> in(Throwable failure) {
        return FutureFailure.of(failure) instanceof OperationException found ? Optional.of(found) : Optional.empty();
    }

    /** What is known of it. */
    public OperationFailure failure() {
        return failure;
    }
}
