package org.imsession.camel.gws;

import java.time.Duration;
import java.util.Optional;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.threads.FutureFailure;

/**
 * Something between us and GWS went wrong. The message says what, with which value, and what to do; it never holds
 * a secret or the page that was sent, and neither does the cause.
 */
public final class GwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection: refused, reset while opening, no route. The server has seen nothing. */
        UNREACHABLE(true),
        /** The name service does not know the host. */
        UNKNOWN_HOST(true),
        /** Silence for too long, or an answer without end. The server may have done what was asked. */
        TIMEOUT(true),
        /** The connection broke before the answer was whole. The server may have done what was asked. */
        ANSWER_LOST(true),
        /** The server's certificate or TLS version is not acceptable. */
        TLS(false),
        /** The proxy wants other credentials, or refuses the server. */
        PROXY_REFUSED(false),
        /** {@link AgentCredentials} gave none. */
        CREDENTIALS_UNAVAILABLE(true),
        /** The server does not accept the credential, or no longer knows the login. */
        CREDENTIALS_REFUSED(false),
        /** The agent may not use instant messages over the API. */
        FEATURE_MISSING(false),
        /** The CSRF token was refused, also a fresh one. */
        CSRF_REFUSED(true),
        /** Something else answers at this address: an HTML page, other JSON. */
        NOT_GWS(true),
        /** The server sends the client elsewhere, which is never followed. */
        REDIRECTED(false),
        /** The server asks for fewer requests, see {@link #retryAfter()}. */
        THROTTLED(true),
        /** The server failed. */
        SERVER_ERROR(true),
        /** The answer is not valid HTTP or JSON. */
        BAD_ANSWER(true),
        /** The answer is longer than allowed, or than there is memory for. */
        TOO_LARGE(false),
        /** The head of the request is longer than allowed, so it was not sent. */
        REQUEST_TOO_LARGE(false),
        /** Something failed on this side: memory, threads, a bean, a request that cannot be made, a stopped client. */
        LOCAL_FAULT(true),
        /** The server understood and said no; nothing was changed. */
        OPERATION_REFUSED(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether the same request can succeed later without anybody changing the configuration. */
        public boolean retryable() {
            return retryable;
        }
    }

    private final Kind kind;
    private final int httpStatus;
    private final int statusCode;
    private final Duration retryAfter;
    private final boolean sent;

    /**
     * For a request that could not even be made.
     *
     * @param failure why not; of this class, it stays what it is
     */
    public static GwsException notSent(Throwable failure) {
        return failure instanceof GwsException known ? known.unsent() : new GwsException(Kind.LOCAL_FAULT,
                "A request was not sent: " + LocalFault.words(failure)).unsent();
    }

    GwsException(Kind kind, String message) {
        this(kind, message, null, 0, GwsStatus.UNKNOWN.code(), null, true);
    }

    GwsException(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, 0, GwsStatus.UNKNOWN.code(), null, true);
    }

    GwsException(Kind kind, String message, int httpStatus, int statusCode, Duration retryAfter) {
        this(kind, message, null, httpStatus, statusCode, retryAfter, true);
    }

    private GwsException(Kind kind, String message, Throwable cause, int httpStatus, int statusCode,
                         Duration retryAfter, boolean sent) {
        super(LogText.line(message), cause);
        this.kind = kind;
        this.httpStatus = httpStatus;
        this.statusCode = statusCode;
        this.retryAfter = retryAfter;
        this.sent = sent;
    }

    /** The same for a request of which nothing has left, or which was refused before. */
    GwsException unsent() {
        return sent ? new GwsException(kind, getMessage(), getCause(), httpStatus, statusCode, retryAfter, false)
                : this;
    }

    /** The same with more to say, in words of ours. */
    GwsException with(String more) {
        return new GwsException(kind, getMessage() + "; " + more, getCause(), httpStatus, statusCode, retryAfter, sent);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status of the answer, 0 if there was none. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The {@code statusCode} in the answer, -1 if there was none. */
    public int statusCode() {
        return statusCode;
    }

    /** What {@link #statusCode()} means. */
    public GwsStatus status() {
        return GwsStatus.of(statusCode);
    }

    /** How long the server asked us to wait, at most an hour. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@link Kind#retryable()} of {@link #kind()}, unless the HTTP status says that the next answer is the same. */
    public boolean retryable() {
        boolean byStatus = (kind == Kind.NOT_GWS || kind == Kind.SERVER_ERROR) && httpStatus >= 400;
        return byStatus ? HttpRetry.canHelp(httpStatus) : kind.retryable();
    }

    /**
     * Whether the server may have done what was asked all the same: the request has left, and nobody who can know says
     * that it was not done. "A failed request changes nothing" (Genesys, Return Values) holds for what GWS itself
     * answers, with a {@code statusCode}; a gateway that answers 502 or 504 may have passed the request on.
     */
    public boolean mayHaveBeenDone() {
        if (!sent || kind == Kind.THROTTLED) {
            return false;
        }
        return switch (status()) {
            case OK, PARTIAL_SUCCESS, INCOMPLETE -> true;
            case UNKNOWN -> statusCode == GwsStatus.UNKNOWN.code()
                    && (httpStatus == 0 || httpStatus < 300 || httpStatus >= 500);
            default -> false;
        };
    }

    /**
     * The exception of this kind in the failure of a future.
     *
     * @param failure what a {@link java.util.concurrent.CompletableFuture} failed with, not {@code null}
     */
    public static Optional<GwsException> in(Throwable failure) {
        return FutureFailure.of(failure) instanceof GwsException found ? Optional.of(found) : Optional.empty();
    }
}
