package org.imsession.camel.bayeux;

/**
 * An answer that is no Bayeux answer. Its text is not quoted. What somebody in front of the server says, a page or
 * nothing at all, passes; what begins as the server's own JSON and breaks off may well be the same each time.
 */
final class NotBayeuxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean begun;
    private final boolean cut;

    private NotBayeuxException(String message, boolean begun, boolean cut) {
        super(message);
        this.begun = begun;
        this.cut = cut;
    }

    /** Something else than Bayeux: a login page, the page of a gateway, nothing. */
    static NotBayeuxException other(String message) {
        return new NotBayeuxException(message, false, false);
    }

    /** Bayeux by its beginning, and broken. */
    static NotBayeuxException broken(String message) {
        return new NotBayeuxException(message, true, false);
    }

    /** Bayeux by its beginning, and without its end. */
    static NotBayeuxException cut(String message) {
        return new NotBayeuxException(message, true, true);
    }

    /** Whether it began as a Bayeux answer does. */
    boolean begun() {
        return begun;
    }

    /** Whether only its end is missing. */
    boolean isCut() {
        return cut;
    }
}
