package org.imsession.camel.json;

import java.io.IOException;
import java.util.List;
import org.imsession.camel.json.ValueWriter.Content;
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

    /** The documented members. */
    static final List<String> STATE_CHANGE = List.of("messageType", "notificationType", "imSession");
    /** The documented members. */
    static final List<String> LOG_UPDATE =
            List.of("messageType", "notificationType", "imSessionPath", "message");
    private static final List<String> SESSION =
            List.of("id", "state", "path", "uri", "participants", "capabilities", "userData");
    private static final List<String> PARTICIPANT =
            List.of("digits", "e164Number", "formattedPhoneNumber", "phoneNumber");

    private CanonicalForm() {
    }

    static Content of(IMSessionNotification notification) {
        if (notification instanceof IMSessionStateChangeMessage change) {
            return out -> stateChange(out, change);
        }
        if (notification instanceof IMLogUpdateMessage update) {
            return out -> logUpdate(out, update);
        }
        if (notification instanceof UnknownMessage unknown) {
            return unknown.reason().isEmpty() ? out -> out.object(unknown.content())
                    : out -> notUnderstood(out, unknown);
        }
        return out -> gap(out, (FeedGap) notification);
    }

    /** A session by itself, as it stands in a state change. */
    static Content of(IMSession session) {
        return out -> session(out, session);
    }

    static Content of(Participant participant) {
        return out -> participant(out, participant);
    }

    private static void stateChange(ValueWriter out, IMSessionStateChangeMessage change) throws IOException {
        out.begin();
        out.text("messageType", change.messageType());
        out.sent("notificationType", spelling(change.notificationType(), change.notificationTypeText()));
        out.name("imSession");
        session(out, change.imSession());
        out.others(change.other(), STATE_CHANGE);
        out.end();
    }

    private static void logUpdate(ValueWriter out, IMLogUpdateMessage update) throws IOException {
        out.begin();
        out.text("messageType", update.messageType());
        out.sent("notificationType", spelling(update.notificationType(), update.notificationTypeText()));
        out.text("imSessionPath", update.imSessionPath());
        out.text("message", update.message());
        out.others(update.other(), LOG_UPDATE);
        out.end();
    }

    private static void session(ValueWriter out, IMSession session) throws IOException {
        out.begin();
        out.text("id", session.id());
        out.text("state", session.state() == SessionState.UNKNOWN ? session.stateText() : session.state().wireName());
        out.sent("path", session.path());
        out.sent("uri", session.uri());
        out.beginArray("participants");
        for (Participant participant : session.participants()) {
            participant(out, participant);
        }
        out.endArray();
        out.texts("capabilities", session.capabilities());
        out.value("userData", session.userData());
        out.others(session.other(), SESSION);
        out.end();
    }

    private static void participant(ValueWriter out, Participant participant) throws IOException {
        out.begin();
        out.text("digits", participant.digits());
        out.text("e164Number", participant.e164Number());
        out.text("formattedPhoneNumber", participant.formattedPhoneNumber());
        out.text("phoneNumber", participant.phoneNumber());
        out.others(participant.other(), PARTICIPANT);
        out.end();
    }

    private static void notUnderstood(ValueWriter out, UnknownMessage unknown) throws IOException {
        out.begin();
        out.text("messageType", OwnForms.UNKNOWN_MESSAGE);
        out.sent("sentMessageType", unknown.messageType());
        out.sent("sessionId", unknown.sessionId());
        out.text("reason", unknown.reason());
        if (!unknown.content().isEmpty()) {
            out.value("content", unknown.content());
        }
        out.text("raw", unknown.raw());
        out.end();
    }

    private static void gap(ValueWriter out, FeedGap gap) throws IOException {
        out.begin();
        out.text("messageType", gap.messageType());
        out.text("agent", gap.agent());
        out.text("from", gap.from().toString());
        out.text("to", gap.to().toString());
        out.text("reason", gap.reason().name());
        out.text("certainty", gap.certainty().name());
        out.text("detail", gap.detail());
        out.end();
    }

    private static String spelling(NotificationType type, String asSent) {
        return type == NotificationType.UNKNOWN ? asSent : type.wireName();
    }
}
