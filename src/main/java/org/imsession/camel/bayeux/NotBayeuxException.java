package org.imsession.camel.bayeux;

/** An answer that is no Bayeux answer: a login page, half of a JSON text, nothing at all. Its text is not quoted. */
final class NotBayeuxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotBayeuxException(String message) {
        super(message);
    }
}
