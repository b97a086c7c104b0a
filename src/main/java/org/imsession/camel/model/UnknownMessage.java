package org.imsession.camel.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something the server sent on the topic that is neither of the two documented messages, or looks like one and breaks
 * its format. It is delivered all the same, with its text, so that nothing is lost.
 *
 * @param messageType the discriminator as sent, empty if there was none
 * @param sessionId   the session it names, as far as that can be read; empty otherwise
 * @param reason      why it was not understood: the place in the JSON and what is wrong there, never chat text; empty
 *                    if it is well-formed and only of a type that is not documented
 * @param content     the JSON object, empty where the text is no JSON object or exceeds a limit
 * @param raw         the text as received, with its wrappers if it was not understood; see
 *                    {@link IMSessionNotification#raw()}
 */
public record UnknownMessage(String messageType, String sessionId, String reason, Map<String, Object> content,
                             String raw) implements IMSessionNotification {

    public UnknownMessage {
        Objects.requireNonNull(messageType, "messageType");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(raw, "raw");
        content = Values.copy(content);
    }

    @Override
    public Optional<Instant> serverTime() {
        return Values.serverTime(content);
    }

    /** Its type, the session and the reason; without the content and the raw text. */
    @Override
    public String toString() {
        return "UnknownMessage[messageType=" + LogText.escape(messageType) + ", sessionId=" + LogText.escape(sessionId)
                + ", reason=" + LogText.escape(reason) + "]";
    }
}
