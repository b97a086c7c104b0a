package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;

/** The files of {@code messages/} and short ways to read JSON in a test. */
final class Samples {

    static final IMSessionJson JSON = new IMSessionJson();

    private Samples() {
    }

    static byte[] bytes(String file) {
        try (InputStream in = Samples.class.getResourceAsStream("/messages/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    static IMSessionStateChangeMessage stateChange(String json) {
        return as(IMSessionStateChangeMessage.class, json);
    }

    static IMLogUpdateMessage logUpdate(String json) {
        return as(IMLogUpdateMessage.class, json);
    }

    static UnknownMessage unknown(String json) {
        return as(UnknownMessage.class, json);
    }

    /** A state change whose {@code imSession} has these members. */
    static String stateChangeOf(String members) {
        return "{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":\"StatusChange\",\"imSession\":{"
                + members + "}}";
    }

    /** A log update with this JSON as its {@code message}. */
    static String logUpdateOf(String message) {
        return "{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
                + "\"imSessionPath\":\"/im-sessions/007MDF\",\"message\":" + message + "}";
    }

    private static <T extends IMSessionNotification> T as(Class<T> type, String json) {
        IMSessionNotification notification = JSON.read(json);
        assertThat(notification).as(notification.toString()).isInstanceOf(type);
        return type.cast(notification);
    }
}
