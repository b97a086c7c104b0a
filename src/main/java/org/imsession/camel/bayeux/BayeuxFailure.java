package org.imsession.camel.bayeux;

import java.time.Duration;
import java.util.Optional;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.ForPeople;

/**
 * Why something on the wire failed.
 *
 * @param kind       what kind of failure it is
 * @param httpStatus the HTTP status, 0 if there was no answer or its status was 200
 * @param waitMillis how long the server asked to wait ({@code Retry-After}), 0 if it did not
 * @param detail     one line for an operator: no secrets, no text of the server but its Bayeux error
 * @param remedy     what an operator can do about it, empty where that is in the detail, or where it mends itself
 */
public record BayeuxFailure(Kind kind, int httpStatus, long waitMillis, String detail, String remedy) {

    private static final String LOOK = "look at the network, and at proxies and balancers in between";

    public BayeuxFailure {
        detail = LogText.line(detail);
    }

    /** One whose remedy is in its detail, or that needs none. */
    public BayeuxFailure(Kind kind, int httpStatus, long waitMillis, String detail) {
        this(kind, httpStatus, waitMillis, detail, "");
    }

    /** Kinds of failure, by what can be done about them. */
    public enum Kind {
        /** The request never reached the server: no connection, a proxy that refused it, or it never left. */
        UNREACHABLE,
        /** The connection broke or stayed silent after the request had left, so an answer may be lost. */
        NETWORK,
        /** An answer could not be taken on this side, for want of memory for example; it may be lost. */
        LOCAL_FAULT,
        /** An HTTP status other than 200 that does not concern the login. */
        HTTP,
        /** The login is no longer good: HTTP 401, 403, or a redirect. */
        LOGIN,
        /**
         * A page or nothing where Bayeux was expected, with status 200: a login page, so the login may be gone, or a
         * gateway in front of a server that is away for a moment. Neither says anything about the session.
         */
        NOT_BAYEUX,
        /** An answer of the Bayeux server that is broken; it may well be as broken each time it is asked for. */
        UNREADABLE,
        /** The server does not know the session any more. */
        SESSION_UNKNOWN,
        /** The server ended the session. */
        SESSION_ENDED,
        /** The server refused the handshake. */
        HANDSHAKE_REFUSED,
        /** The server refused the subscription. */
        SUBSCRIBE_REFUSED,
        /**
         * The server counts what is acknowledged too high, so that it would forget what it never sent, or has begun to
         * count anew, so that it has forgotten what it kept.
         */
        MISCOUNTED,
        /** Nothing happened for longer than anything may take. */
        SILENT,
        /** It was closed by us. */
        CLOSED
    }

    /** Whether the server may still have the session: it did not say otherwise, something on the way to it failed. */
    public boolean sessionMayLive() {
        return switch (kind) {
            case UNREACHABLE, NETWORK, LOCAL_FAULT, SILENT, LOGIN, NOT_BAYEUX -> true;
            case HTTP -> httpStatus >= 500 || httpStatus == 429;
            default -> false;
        };
    }

    /** Whether there may have been a good answer, which was not read: nobody on the way has refused the request. */
    boolean answerMayBeLost() {
        return switch (kind) {
            case NETWORK, LOCAL_FAULT, NOT_BAYEUX, UNREADABLE -> true;
            case HTTP -> httpStatus >= 500;
            default -> false;
        };
    }

    /** Whether the server may still have the session, whatever that is good for: it did not say that it is gone. */
    boolean serverMayHaveIt() {
        return kind != Kind.SESSION_UNKNOWN && kind != Kind.CLOSED;
    }

    /** Whether a new login may help. */
    public boolean concernsLogin() {
        return kind == Kind.LOGIN || kind == Kind.NOT_BAYEUX;
    }

    /** Whether the login is not known to who answered; it may be to another node of the server. */
    boolean loginUnknown() {
        return kind == Kind.LOGIN;
    }

    /** How long the server asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return waitMillis > 0 ? Optional.of(Duration.ofMillis(waitMillis)) : Optional.empty();
    }

    /** The same, with something put behind it. */
    BayeuxFailure with(String more) {
        return new BayeuxFailure(kind, httpStatus, waitMillis, detail + more, remedy);
    }

    /** For who may do something about it: the detail, and the remedy behind it. */
    public String withRemedy() {
        return remedy.isEmpty() ? detail : detail + "; " + remedy;
    }

    @Override
    public String toString() {
        return detail;
    }

    /** Something on the way did that. */
    static BayeuxFailure network(String detail) {
        return new BayeuxFailure(Kind.NETWORK, 0, 0, detail, LOOK);
    }

    /** Nothing came for that long, in milliseconds. */
    static BayeuxFailure silent(long millis) {
        return new BayeuxFailure(Kind.SILENT, 0, 0, "no sign of life for "
                + ForPeople.duration(Duration.ofMillis(millis)), LOOK);
    }
}
