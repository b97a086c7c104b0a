package org.imsession.camel.json;

/**
 * A text is not the JSON of a notification or of an IM session. The message names the place and what is wrong there;
 * it never holds a part of the text, which is in {@link #raw()}.
 */
public final class MalformedMessageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient String raw;

    MalformedMessageException(String reason, String raw) {
        super(reason + ". The text as received is in raw() of this exception, for a dead letter or a report.");
        this.reason = reason;
        this.raw = raw;
    }

    /** The place, such as {@code imSession.participants[2].digits}, and what is wrong there; one line. */
    public String reason() {
        return reason;
    }

    /**
     * The text as received, as far as it was read; U+FFFD stands for bytes that are no text. Empty if there was none,
     * and after Java serialization, which shall not carry chat texts.
     */
    public String raw() {
        return raw == null ? "" : raw;
    }
}
