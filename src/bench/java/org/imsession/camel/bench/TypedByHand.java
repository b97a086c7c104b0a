package org.imsession.camel.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.Participant;
import org.imsession.camel.model.SessionState;

/**
 * Makes the typed message of a map as a program would that trusts the server: no checks, and the original text is not
 * kept.
 */
final class TypedByHand {

    private TypedByHand() {
    }

    static IMSessionStateChangeMessage stateChange(Map<String, Object> data) {
        String type = text(data, "notificationType");
        return new IMSessionStateChangeMessage(NotificationType.of(type), type, session(map(data.get("imSession"))),
                without(data, "messageType", "notificationType", "imSession"), "");
    }

    private static IMSession session(Map<String, Object> session) {
        String state = text(session, "state");
        return new IMSession(text(session, "id"), SessionState.of(state), state, map(session.get("userData")),
                list(session.get("participants")).stream().map(each -> participant(map(each))).toList(),
                list(session.get("capabilities")).stream().map(String.class::cast).toList(), text(session, "path"),
                text(session, "uri"), without(session, "id", "state", "userData", "participants",
                "capabilities", "path",
                        "uri"));
    }

    private static Participant participant(Map<String, Object> party) {
        return new Participant(text(party, "digits"), text(party, "e164Number"), text(party, "formattedPhoneNumber"),
                text(party, "phoneNumber"), without(party, "digits", "e164Number", "formattedPhoneNumber",
                "phoneNumber"));
    }

    private static Map<String, Object> without(Map<String, Object> map, String... known) {
        Map<String, Object> rest = new LinkedHashMap<>(map);
        for (String name : known) {
            rest.remove(name);
        }
        return rest;
    }

    private static String text(Map<String, Object> map, String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked") // Jackson makes maps with text as keys
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /** CometD's Jackson makes arrays of JSON arrays. */
    private static List<?> list(Object value) {
        return value instanceof Object[] array ? List.of(array) : value instanceof List<?> list ? list : List.of();
    }
}
