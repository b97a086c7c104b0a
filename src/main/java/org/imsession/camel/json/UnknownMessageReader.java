package org.imsession.camel.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.UnknownMessage;

/** What can still be read of a text that is not a notification. */
final class UnknownMessageReader {

    private UnknownMessageReader() {
    }

    /**
     * The text as an unknown message.
     *
     * @param text     the text, its bytes that are no characters as U+FFFD
     * @param reason   why it is not a notification
     * @param faithful whether the text says what the bytes said; a content with U+FFFD in it would be another content
     */
    static UnknownMessage unknown(JsonText json, String text, String reason, boolean faithful) {
        Map<String, Object> root = new LinkedHashMap<>();
        boolean whole = faithful;
        try {
            json.readOnce(JsonText.withoutByteOrderMark(text), tokens -> {
                tokens.requireObject();
                tokens.fill(root);
                return root;
            });
        } catch (Rejection broken) {
            whole = false; // what came before the break is in the map
        }
        Map<?, ?> data = unwrapped(root);
        String messageType = data.get("messageType") instanceof String type ? type : "";
        Map<String, Object> content = new LinkedHashMap<>();
        if (whole) {
            data.forEach((name, value) -> content.put((String) name, value));
        }
        return new UnknownMessage(messageType, sessionId(data), reason, content, WireText.wellFormed(text));
    }

    private static Map<?, ?> unwrapped(Map<?, ?> object) {
        boolean wrapper = !object.containsKey("messageType") && object.get("data") instanceof Map;
        return wrapper ? unwrapped((Map<?, ?>) object.get("data")) : object;
    }

    /** The id of the session that an object names in one of the documented ways, else empty. */
    static String sessionId(Map<?, ?> data) {
        if (data.get("imSession") instanceof Map<?, ?> session) {
            Object id = session.get("id");
            return id instanceof String || id instanceof Number ? id.toString() : lastSegment(session.get("path"));
        }
        return lastSegment(data.get("imSessionPath"));
    }

    private static String lastSegment(Object path) {
        return path instanceof String text ? IMSession.lastSegment(text) : "";
    }
}
