package org.imsession.camel.bayeux;

import java.time.Duration;
import java.util.Optional;

/**
 * Why something on the wire failed.
 *
 * @param kind       what kind of failure it is
 * @param httpStatus the HTTP status, 0 if there was no answer or its status was 200
 * @param waitMillis how long the server asked to wait ({@code Retry-After}), 0 if it did not
 * @param detail     one line for an operator: no secrets, no text of the server but its Bayeux error
 */
public record BayeuxFailure(Kind kind, int httpStatus, long waitMillis, String detail) {

    /** Kinds of failure, by what can be done about them. */
    public enum Kind {
        /** The request never left: no connection could be made. */
        UNREACHABLE,
        /** The connection broke or stayed silent after the request had left, so an answer may be lost. */
        NETWORK,
        /** An HTTP status other than 200 that does not concern the login. */
        HTTP,
        /** The login is no longer good: HTTP 401, 403, a redirect, or a page where Bayeux was expected. */
        LOGIN,
        /** The answer could not be read. */
        NOT_BAYEUX,
        /** The server does not know the session any more. */
        SESSION_UNKNOWN,
        /** The server ended the session. */
        SESSION_ENDED,
        /** The server refused the handshake. */
        HANDSHAKE_REFUSED,
        /** The server refused the subscription. */
        SUBSCRIBE_REFUSED,
        /** Nothing happened for longer than anything may take. */
        SILENT,
        /** It was closed by us. */
        CLOSED
    }

    /** Whether the server may still have the session: it did not say otherwise, something on the way to it failed. */
    public boolean sessionMayLive() {
        return switch (kind) {
            case UNREACHABLE, NETWORK, SILENT, LOGIN -> true;
            case HTTP -> httpStatus >= 500 || httpStatus == 429;
            default -> false;
        };
    }

    /** How long the server asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return waitMillis > 0 ? Optional.of(Duration.ofMillis(waitMillis)) : Optional.empty();
    }

    @Override
    public String toString() {
        return detail;
    }
}
