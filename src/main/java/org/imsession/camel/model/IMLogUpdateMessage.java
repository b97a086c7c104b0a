package org.imsession.camel.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A text was sent in a session, by either side: the agent gets its own texts back as well. The server gives neither
 * the sender nor a time nor an id of the text (Genesys, GWS 8.5.2 API, IM Session Message Type).
 *
 * @param notificationType     what happened
 * @param notificationTypeText the same as sent, empty if not sent
 * @param imSessionPath        the path of the session, {@code /im-sessions/<id>}
 * @param message              the text; where the server sent an object, the {@code text} or {@code message} in it, and
 *                             where it sent any other JSON, that JSON as sent
 * @param other                members of {@code data} that are not documented for this message, in the order sent
 * @param raw                  see {@link IMSessionNotification#raw()}
 */
public record IMLogUpdateMessage(NotificationType notificationType, String notificationTypeText, String imSessionPath,
                                 String message, Map<String, Object> other, String raw)
        implements IMSessionNotification {

    /** {@code data.messageType} of this message. */
    public static final String MESSAGE_TYPE = "IMLogUpdateMessage";

    public IMLogUpdateMessage {
        Objects.requireNonNull(notificationType, "notificationType");
        Objects.requireNonNull(notificationTypeText, "notificationTypeText");
        Objects.requireNonNull(imSessionPath, "imSessionPath");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(raw, "raw");
        other = Values.copy(other);
    }

    @Override
    public String messageType() {
        return MESSAGE_TYPE;
    }

    @Override
    public String sessionId() {
        return IMSession.lastSegment(imSessionPath);
    }

    @Override
    public Optional<Instant> serverTime() {
        return Values.serverTime(other);
    }

    /** The session and the length of the text, never the text. */
    @Override
    public String toString() {
        return MESSAGE_TYPE + "[notificationType=" + LogText.escape(notificationTypeText) + ", sessionId="
                + LogText.escape(sessionId()) + ", message of " + message.length() + " characters]";
    }
}
