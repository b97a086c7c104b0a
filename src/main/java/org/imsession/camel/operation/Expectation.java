package org.imsession.camel.operation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.MessageDirection;
import org.imsession.camel.model.IMSessionNotification;

/** A notification that an operation will cause; the first one that fits is taken for it. */
final class Expectation {

    private final String sessionId;
    private final Predicate<IMSessionNotification> fits;
    private final boolean text;
    private final Map<String, String> traceContext;
    private final CompletableFuture<IMSessionNotification> met = new CompletableFuture<>();
    private volatile long staleAtNanos;
    private volatile boolean agesAlready;

    /**
     * @param sessionId    the session in which it is expected, empty for a new one
     * @param text         whether it is a text, which is told from the other party's by this
     * @param traceContext of the exchange that asked for the operation
     */
    Expectation(String sessionId, Predicate<IMSessionNotification> fits, boolean text,
                Map<String, String> traceContext) {
        this.sessionId = sessionId;
        this.fits = fits;
        this.text = text;
        this.traceContext = traceContext;
    }

    String sessionId() {
        return sessionId;
    }

    boolean isText() {
        return text;
    }

    Heard heard() {
        return new Heard(text ? MessageDirection.OUTBOUND : MessageDirection.UNKNOWN, traceContext);
    }

    boolean fits(IMSessionNotification notification) {
        return fits.test(notification);
    }

    /** Completes with the notification. */
    CompletableFuture<IMSessionNotification> met() {
        return met;
    }

    /** From then on it is no longer expected. */
    void staleAt(long nanos) {
        staleAtNanos = nanos;
        agesAlready = true;
    }

    boolean isStale(long nanos) {
        return agesAlready && nanos - staleAtNanos >= 0;
    }
}
