package org.imsession.camel;

import org.apache.camel.CamelException;
import org.imsession.camel.status.FeedStatus;

/** An agent is no longer followed until something changes; the message says who, where, and why. */
public class IMSessionParkedException extends CamelException {

    private static final long serialVersionUID = 1L;

    IMSessionParkedException(FeedStatus status) {
        super("Agent " + status.agent() + " at " + status.server() + " is parked: " + status.reason());
    }
}
