package org.imsession.camel;

import org.apache.camel.CamelException;

/**
 * The server sent something on the topic that breaks the documented format. Its message says where and what; the text
 * itself is in {@link #getRaw()} only, for it may hold a conversation.
 */
public class IMSessionInvalidMessageException extends CamelException {

    private static final long serialVersionUID = 1L;

    private final String raw;

    IMSessionInvalidMessageException(String agent, String reason, String raw) {
        super("A message for agent " + agent + " cannot be understood: " + reason + ". Its text is in getRaw()");
        this.raw = raw;
    }

    /** The text as received. */
    public String getRaw() {
        return raw;
    }
}
