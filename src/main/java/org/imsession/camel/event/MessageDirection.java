package org.imsession.camel.event;

import java.util.Locale;
import org.imsession.camel.model.IMLogUpdateMessage;

/**
 * Whose text an {@link IMLogUpdateMessage} is, as far as that can be known: GWS tells no sender, and sends the agent's
 * own texts back.
 */
public enum MessageDirection {
    /** It is the same text, in the same session, as one that was sent with this login and had not come back yet. */
    OUTBOUND,
    /** It is none of those, and this login has been used to send: so most likely the other party's. */
    INBOUND,
    /** This login has sent nothing, so the agent's texts, if any, come from another program. */
    UNKNOWN;

    /** The name in headers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
