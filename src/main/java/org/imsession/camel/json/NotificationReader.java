package org.imsession.camel.json;

import java.util.Map;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.UnknownMessage;

/**
 * Reads {@code data} objects (Genesys, GWS 8.5.2 API, IM Session Message Type). The documentation shows them bare and
 * inside {@code {"data":...}}; up to two such wrappers are taken off.
 */
final class NotificationReader {

    /** Where a text comes from. */
    enum Source {
        /** From a server, which cannot pass off a message as one of ours. */
        SERVER,
        /** From a file, a queue, a program: a server's message, or what {@link CanonicalForm} made of one. */
        TEXT,
        /** From values of a program that were written as text to be read here, so that text is nobody's raw text. */
        VALUES
    }

    private static final int MAX_WRAPPERS = 2;

    private final JsonText json;

    NotificationReader(JsonText json) {
        this.json = json;
    }

    /** @throws Rejection if the text is not a notification */
    IMSessionNotification read(String text, Source source) {
        return read(text, WireText.utf8(text), source, MAX_WRAPPERS);
    }

    /**
     * As the other.
     *
     * @param utf8 the same text as bytes, not changed
     */
    IMSessionNotification read(String text, byte[] utf8, Source source) {
        return read(text, utf8, source, MAX_WRAPPERS);
    }

    private IMSessionNotification read(String text, byte[] utf8, Source source, int wrappers) {
        DataObject data = DataObject.read(json, text, utf8);
        if (wrappers > 0 && !data.nested().isEmpty() && !data.members().containsKey("messageType")) {
            return read(data.nested(), WireText.utf8(data.nested()), source, wrappers - 1);
        }
        ObjectMembers members = new ObjectMembers(data.members());
        String messageType = members.text("messageType");
        if (messageType.isEmpty()) {
            throw Rejection.at("messageType", "missing");
        }
        String raw = source == Source.VALUES ? "" : text;
        return switch (messageType) {
            case IMSessionStateChangeMessage.MESSAGE_TYPE -> stateChange(members, raw);
            case IMLogUpdateMessage.MESSAGE_TYPE -> logUpdate(members, data.message(), raw);
            default -> source != Source.SERVER && OwnForms.isOwn(messageType)
                    ? OwnForms.read(messageType, members)
                    : new UnknownMessage(messageType, UnknownMessageReader.sessionId(data.members()), "",
                            data.members(), raw);
        };
    }

    private static IMSessionNotification stateChange(ObjectMembers members, String raw) {
        String notificationType = members.text("notificationType");
        if (!(members.value("imSession") instanceof IMSession session)) {
            throw members.mismatch("imSession", "an object");
        }
        return new IMSessionStateChangeMessage(NotificationType.of(notificationType), notificationType, session,
                members.without(CanonicalForm.STATE_CHANGE), raw);
    }

    private static IMSessionNotification logUpdate(ObjectMembers members, String jsonMessage, String raw) {
        String notificationType = members.text("notificationType");
        String path = members.text("imSessionPath");
        if (IMSession.lastSegment(path).isEmpty()) {
            throw Rejection.at("imSessionPath", "missing, or without the id of a session at its end");
        }
        if (!members.has("message")) {
            throw Rejection.at("message", "missing");
        }
        return new IMLogUpdateMessage(NotificationType.of(notificationType), notificationType, path,
                messageText(members.value("message"), jsonMessage),
                members.without(CanonicalForm.LOG_UPDATE), raw);
    }

    /** The text; of an object its {@code text} or {@code message}; of anything else its JSON, rather than nothing. */
    private static String messageText(Object message, String json) {
        if (message instanceof Map<?, ?> map) {
            Object inner = map.get("text") instanceof String ? map.get("text") : map.get("message");
            return inner instanceof String text ? text : json;
        }
        return message instanceof String text ? text : json;
    }
}
