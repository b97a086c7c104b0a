package org.imsession.camel.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A session started, rings, talks or completed, or its user data changed (Genesys, GWS 8.5.2 API, IM Session Message
 * Type).
 *
 * @param notificationType     what happened
 * @param notificationTypeText the same as sent, empty if not sent
 * @param imSession            the session as it is now
 * @param other                members of {@code data} that are not documented for this message ({@code metrics}, say),
 *                             in the order sent
 * @param raw                  see {@link IMSessionNotification#raw()}
 */
public record IMSessionStateChangeMessage(NotificationType notificationType, String notificationTypeText,
                                          IMSession imSession, Map<String, Object> other, String raw)
        implements IMSessionNotification {

    /** {@code data.messageType} of this message. */
    public static final String MESSAGE_TYPE = "IMSessionStateChangeMessage";

    public IMSessionStateChangeMessage {
        Objects.requireNonNull(notificationType, "notificationType");
        Objects.requireNonNull(notificationTypeText, "notificationTypeText");
        Objects.requireNonNull(imSession, "imSession");
        Objects.requireNonNull(raw, "raw");
        other = Values.copy(other);
    }

    @Override
    public String messageType() {
        return MESSAGE_TYPE;
    }

    @Override
    public String sessionId() {
        return imSession.id();
    }

    /** The state of the session, {@code imSession().state()}. */
    public SessionState state() {
        return imSession.state();
    }

    @Override
    public Optional<Instant> serverTime() {
        return Values.serverTime(other);
    }

    /** What happened to which session; without the attached data and the raw text. */
    @Override
    public String toString() {
        return MESSAGE_TYPE + "[notificationType=" + LogText.escape(notificationTypeText) + ", " + imSession + "]";
    }
}
