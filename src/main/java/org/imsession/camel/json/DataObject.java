package org.imsession.camel.json;

import java.io.IOException;
import java.util.Map;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/**
 * The members of one {@code data} object in the order sent. {@code messageType} may come last, so until it is known,
 * {@code imSession} is read as what it will be in nearly all cases, and read again if that was wrong.
 *
 * @param members  all members; {@code imSession} is an {@link IMSession} where it could be read as one
 * @param message  the JSON text of a {@code message} that is no text, else empty
 * @param nested   the JSON text of a member {@code data} that is an object, else empty
 */
record DataObject(Map<String, Object> members, String message, String nested) {

    static DataObject read(JsonText json, String text, byte[] utf8) {
        DataObject data;
        try {
            data = json.read(text, utf8, tokens -> read(tokens, true));
        } catch (Rejection notASession) {
            DataObject plain = json.read(text, utf8, tokens -> read(tokens, false));
            if (plain.isStateChange()) {
                throw notASession;
            }
            return plain;
        }
        boolean guessed = data.members.get("imSession") instanceof IMSession && !data.isStateChange();
        return guessed ? json.read(text, utf8, tokens -> read(tokens, false)) : data;
    }

    private static DataObject read(TokenReader tokens, boolean sessions) throws IOException {
        tokens.requireObject();
        String message = "";
        String nested = "";
        boolean session = sessions;
        for (String name = tokens.member(); name != null; name = tokens.member()) {
            switch (name) {
                case "messageType" -> {
                    Object type = tokens.isText() ? tokens.word() : tokens.value();
                    tokens.keep(type);
                    session &= IMSessionStateChangeMessage.MESSAGE_TYPE.equals(type);
                }
                case "notificationType" -> tokens.keep(tokens.isText() ? tokens.word() : tokens.value());
                case "imSession" ->
                    tokens.keep(session && tokens.isObject() ? SessionReader.session(tokens) : tokens.value());
                case "message" -> {
                    boolean text = tokens.isText();
                    int start = tokens.tokenStart();
                    tokens.keep(tokens.value());
                    message = text ? "" : tokens.sentSince(start);
                }
                case "data" -> {
                    boolean object = tokens.isObject();
                    int start = tokens.tokenStart();
                    tokens.keep(tokens.value());
                    nested = object ? tokens.sentSince(start) : "";
                }
                default -> tokens.keep(tokens.value());
            }
        }
        return new DataObject(tokens.kept(), message, nested);
    }

    private boolean isStateChange() {
        return IMSessionStateChangeMessage.MESSAGE_TYPE.equals(members.get("messageType"));
    }
}
