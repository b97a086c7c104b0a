package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.Set;

/**
 * Where in a JSON text, in the form {@code imSession.participants[2].digits}. A name that is not documented shows as
 * {@code *}: in a broken text, half a chat message may stand where a name should.
 */
final class MemberPath {

    private static final Set<String> DOCUMENTED = Set.of("data", "channel", "messageType", "notificationType",
            "imSession", "imSessionPath", "message", "id", "state", "path", "uri", "participants", "capabilities",
            "userData", "digits", "e164Number", "formattedPhoneNumber", "phoneNumber", "imSessions", "statusCode",
            "metrics", "eventProcessing", "serverGenerationTimestamp", "agent", "from", "to", "reason", "certainty",
            "detail", "sentMessageType", "sessionId", "content", "raw", "operation", "destination", "devicePath",
            "text", "key");

    private MemberPath() {
    }

    /** The names that are documented, and those of our own forms. */
    static Set<String> documented() {
        return DOCUMENTED;
    }

    /** The place of a parser; empty for the text as a whole. */
    static String of(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String outer = of(context.getParent());
        if (context.inArray()) {
            return context.hasCurrentIndex() ? element(outer, context.getCurrentIndex()) : outer;
        }
        return context.hasCurrentName() ? member(outer, context.getCurrentName()) : outer;
    }

    static String element(String array, int index) {
        return array + '[' + index + ']';
    }

    static String member(String object, String name) {
        String shown = DOCUMENTED.contains(name) ? name : "*";
        return object.isEmpty() ? shown : object + '.' + shown;
    }
}
