package org.imsession.camel.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.Participant;
import org.imsession.camel.model.SessionState;
import org.imsession.camel.model.UnknownMessage;

/**
 * A notification as the one JSON object that stands for it, always in this order. Documented members come first, in
 * the shape of the documentation, then the others as they were sent. A known state and notification type have their
 * documented spelling; text and address members that were not sent are left out.
 */
final class CanonicalForm {

    private CanonicalForm() {
    }

    /**
     * A changeable map of plain JSON values.
     *
     * @throws Rejection if a program put something in that is no JSON value, or a member twice
     */
    static Map<String, Object> of(IMSessionNotification notification) {
        Map<String, Object> object;
        if (notification instanceof IMSessionStateChangeMessage change) {
            object = stateChange(change);
        } else if (notification instanceof IMLogUpdateMessage update) {
            object = logUpdate(update);
        } else if (notification instanceof UnknownMessage unknown) {
            object = unknown.reason().isEmpty() ? unknown.content() : notUnderstood(unknown);
        } else {
            object = gap((FeedGap) notification);
        }
        return JsonValues.object(object);
    }

    private static Map<String, Object> stateChange(IMSessionStateChangeMessage change) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("messageType", change.messageType());
        putSent(data, "notificationType", spelling(change.notificationType(), change.notificationTypeText()));
        data.put("imSession", session(change.imSession()));
        return withOther(data, change.other());
    }

    private static Map<String, Object> logUpdate(IMLogUpdateMessage update) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("messageType", update.messageType());
        putSent(data, "notificationType", spelling(update.notificationType(), update.notificationTypeText()));
        data.put("imSessionPath", update.imSessionPath());
        data.put("message", update.message());
        return withOther(data, update.other());
    }

    private static Map<String, Object> session(IMSession session) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", session.id());
        object.put("state",
                session.state() == SessionState.UNKNOWN ? session.stateText() : session.state().wireName());
        putSent(object, "path", session.path());
        putSent(object, "uri", session.uri());
        List<Object> participants = new ArrayList<>();
        session.participants().forEach(participant -> participants.add(participant(participant)));
        object.put("participants", participants);
        object.put("capabilities", session.capabilities());
        object.put("userData", session.userData());
        return withOther(object, session.other());
    }

    private static Map<String, Object> participant(Participant participant) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("digits", participant.digits());
        object.put("e164Number", participant.e164Number());
        object.put("formattedPhoneNumber", participant.formattedPhoneNumber());
        object.put("phoneNumber", participant.phoneNumber());
        return withOther(object, participant.other());
    }

    private static Map<String, Object> notUnderstood(UnknownMessage unknown) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("messageType", OwnForms.UNKNOWN_MESSAGE);
        putSent(object, "sentMessageType", unknown.messageType());
        putSent(object, "sessionId", unknown.sessionId());
        object.put("reason", unknown.reason());
        if (!unknown.content().isEmpty()) {
            object.put("content", unknown.content());
        }
        object.put("raw", unknown.raw());
        return object;
    }

    private static Map<String, Object> gap(FeedGap gap) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("messageType", gap.messageType());
        object.put("agent", gap.agent());
        object.put("from", gap.from().toString());
        object.put("to", gap.to().toString());
        object.put("reason", gap.reason().name());
        object.put("certainty", gap.certainty().name());
        object.put("detail", gap.detail());
        return object;
    }

    private static String spelling(NotificationType type, String asSent) {
        return type == NotificationType.UNKNOWN ? asSent : type.wireName();
    }

    private static void putSent(Map<String, Object> object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }

    private static Map<String, Object> withOther(Map<String, Object> object, Map<String, Object> other) {
        other.forEach((name, value) -> {
            if (object.containsKey(name)) {
                throw Rejection.at(MemberPath.member("", name),
                        "in other() as well, where a documented member cannot be");
            }
            object.put(name, value);
        });
        return object;
    }
}
