package org.imsession.camel.position;

import org.imsession.camel.model.LogText;

/**
 * A {@link PositionStore} says that somebody else follows the agent with the session that is asked for. It is no fault:
 * the feed waits until the other one has let go of it, or has died.
 */
public class PositionInUseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message whose session, where, and in use by whom
     */
    public PositionInUseException(String message) {
        super(LogText.line(message));
    }
}
