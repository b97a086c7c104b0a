package org.imsession.camel.feed;

import org.imsession.camel.model.LogText;

/** A feed could not be brought up; the message says where, why, and is free of secrets. */
public final class FeedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedException(String message) {
        super(LogText.line(message));
    }
}
