package org.imsession.camel.spi;

import org.imsession.camel.model.LogText;

/**
 * A state repository says that somebody else follows the agent with the position that is asked for; one of a user's own
 * throws it, too. It is no fault: the feed waits until the other one has let go of it, or has died.
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
