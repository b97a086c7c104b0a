package org.imsession.camel.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.UnknownMessage;

/** The JSON of the two notifications that no server sends, as {@link CanonicalForm} writes it. */
final class OwnForms {

    /** {@code messageType} of a message that was not understood; its own is in {@code sentMessageType}. */
    static final String UNKNOWN_MESSAGE = "UnknownMessage";

    private OwnForms() {
    }

    static boolean isOwn(String messageType) {
        return messageType.equals(FeedGap.MESSAGE_TYPE) || messageType.equals(UNKNOWN_MESSAGE);
    }

    /** @throws Rejection if a member is missing or of a wrong form */
    static IMSessionNotification read(String messageType, ObjectMembers members) {
        return messageType.equals(FeedGap.MESSAGE_TYPE) ? gap(members) : unknown(members);
    }

    private static FeedGap gap(ObjectMembers members) {
        return new FeedGap(required(members, "agent"), instant(members, "from"), instant(members, "to"),
                constant(members, "reason", FeedGap.Reason.class),
                constant(members, "certainty", FeedGap.Certainty.class), members.text("detail"));
    }

    private static UnknownMessage unknown(ObjectMembers members) {
        if (members.has("content") && !(members.value("content") instanceof Map)) {
            throw members.mismatch("content", "an object");
        }
        Map<String, Object> content = new LinkedHashMap<>();
        if (members.value("content") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> content.put((String) name, value));
        }
        return new UnknownMessage(members.text("sentMessageType"), members.text("sessionId"),
                required(members, "reason"), content, members.text("raw"));
    }

    private static String required(ObjectMembers members, String name) {
        if (!members.has(name)) {
            throw Rejection.at(name, "missing");
        }
        return members.text(name);
    }

    private static Instant instant(ObjectMembers members, String name) {
        try {
            return Instant.parse(required(members, name));
        } catch (DateTimeException e) {
            throw Rejection.at(name, "expected a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static <E extends Enum<E>> E constant(ObjectMembers members, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, required(members, name));
        } catch (IllegalArgumentException e) {
            throw Rejection.at(name, "expected one of the names of FeedGap." + type.getSimpleName());
        }
    }
}
