package org.imsession.camel.gws;

import java.util.Map;

/**
 * What GWS answered to a request that it accepted, wholly ({@link GwsStatus#OK}) or partly
 * ({@link GwsStatus#PARTIAL_SUCCESS}).
 *
 * @param httpStatus the HTTP status, 2xx
 * @param status     the {@code statusCode}
 * @param members    the members of the answer, {@code statusCode} included; never shown in the text form
 */
public record GwsAnswer(int httpStatus, GwsStatus status, Map<String, Object> members) {

    @Override
    public String toString() {
        return status.toString();
    }
}
