package org.imsession.camel;

import org.apache.camel.CamelException;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.operation.OperationException;
import org.imsession.camel.operation.OperationFailure;

/**
 * An operation of a producer that was not done, or of which nobody knows whether it was: see {@link #getOutcome()}. Its
 * message says what, in which session, for whom and why, and holds no text of a conversation, no user data, no secret
 * and no page of a server.
 */
public class IMSessionOperationException extends CamelException {

    private static final long serialVersionUID = 1L;

    /** What is known of the operation. */
    public enum Outcome {
        /** It was not done: nothing has changed. */
        FAILED,
        /** It left, and may have been done or not: the answer, or the notification waited for, did not come. */
        UNKNOWN_OUTCOME
    }

    private final OperationFailure failure;

    IMSessionOperationException(OperationException known) {
        super(known.getMessage() + advice(known.failure().parameter()));
        this.failure = known.failure();
    }

    private static String advice(String parameter) {
        return switch (parameter) {
            case "" -> "";
            case "sessionId" -> ". Give it by the option sessionId or the header " + IMSessionConstants.TARGET_ID;
            case "destination" -> ". Give it by the option destination or the header " + IMSessionConstants.DESTINATION;
            case "devicePath" -> ". Give it by the option devicePath or the header " + IMSessionConstants.DEVICE_PATH;
            case "key" -> ". Give it as body or by the header " + IMSessionConstants.USER_DATA_KEY;
            default -> ". Give it as body";
        };
    }

    /** What was to be done. */
    public IMSessionOperation getOperation() {
        return failure.operation();
    }

    /** The session, empty if the operation is about none. */
    public String getSessionId() {
        return failure.sessionId();
    }

    /** Whether it was not done, or may have been. */
    public Outcome getOutcome() {
        return failure.open() ? Outcome.UNKNOWN_OUTCOME : Outcome.FAILED;
    }

    /** The HTTP status of the answer; 0 if there was none, because nothing was sent or nothing came back. */
    public int getHttpStatus() {
        return failure.httpStatus();
    }

    /**
     * The {@code statusCode} of GWS, also where the request was not sent because GWS would have answered so; -1 if
     * there is none.
     */
    public int getStatusCode() {
        return failure.statusCode();
    }

    /** What the documentation says the status code means. */
    public String getStatusMeaning() {
        return GwsStatus.of(failure.statusCode()).meaning();
    }

    /**
     * Whether the same request can succeed later without anybody changing it, and does no harm if the first one was
     * done after all. So never for a text whose outcome is unknown.
     */
    public boolean isRetryable() {
        return failure.retryable();
    }
}
