package org.imsession.camel.operation;

import java.io.Serializable;
import org.imsession.camel.model.IMSessionOperation;

/**
 * What is known of an operation that was not done, or perhaps was.
 *
 * @param operation  what was to be done
 * @param sessionId  the session, empty if the operation is about none
 * @param open       whether it left and may have been done or not; else nothing has changed
 * @param httpStatus the HTTP status of the answer, 0 if there was none
 * @param statusCode the {@code statusCode} of GWS, also where we refuse in its stead; -1 if there is none
 * @param retryable  whether the same request can succeed later, and does no harm if the first one was done after all
 * @param parameter  the parameter that is missing, empty if it is something else
 */
public record OperationFailure(IMSessionOperation operation, String sessionId, boolean open, int httpStatus,
                               int statusCode, boolean retryable, String parameter) implements Serializable {
}
