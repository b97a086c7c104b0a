package org.imsession.camel.converter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.json.MalformedMessageException;
import org.imsession.camel.model.IMSessionNotification;

/** The bodies that {@link IMSessionConverter} takes and gives. */
final class JsonBody {

    static final IMSessionJson JSON = new IMSessionJson();

    private JsonBody() {
    }

    private interface Parsing<E extends Exception> {
        IMSessionNotification parse() throws E;
    }

    static <T extends IMSessionNotification> T read(String json, Class<T> type) {
        return read(String.class, type, () -> JSON.parse(json));
    }

    static <T extends IMSessionNotification> T read(byte[] json, Exchange exchange, Class<T> type) {
        return read(byte[].class, type, () -> JSON.parse(json, charset(exchange)));
    }

    static <T extends IMSessionNotification> T read(InputStream json, Exchange exchange, Class<T> type)
            throws IOException {
        try (json) {
            return read(InputStream.class, type, () -> JSON.parse(json, charset(exchange)));
        }
    }

    static <T extends IMSessionNotification> T read(Reader json, Class<T> type) throws IOException {
        try (json) {
            return read(Reader.class, type, () -> JSON.parse(json));
        }
    }

    static <T extends IMSessionNotification> T read(Map<?, ?> json, Class<T> type) {
        return read(Map.class, type, () -> JSON.parse(json));
    }

    static <T extends IMSessionNotification> T read(JsonNode json, Class<T> type) {
        return read(JsonNode.class, type, () -> JSON.parse(json));
    }

    private static <T extends IMSessionNotification, E extends Exception> T read(Class<?> from, Class<T> type,
                                                                                Parsing<E> parsing) throws E {
        IMSessionNotification notification;
        try {
            notification = parsing.parse();
        } catch (MalformedMessageException e) {
            throw new MessageConversionException(from, type, e);
        }
        if (!type.isInstance(notification)) {
            throw new MessageConversionException(from, type, new IllegalArgumentException(
                    "the JSON is that of an " + notification.getClass().getName()));
        }
        return type.cast(notification);
    }

    /**
     * The canonical JSON in the charset of the exchange; a character that it lacks is escaped, which only JSON's own
     * texts can hold, so that nothing becomes a question mark.
     */
    static byte[] bytes(IMSessionNotification notification, Exchange exchange) {
        Charset charset = charset(exchange);
        String json = JSON.write(notification);
        return (charset.newEncoder().canEncode(json) ? json : ascii(json)).getBytes(charset);
    }

    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder();
        json.chars().forEach(unit -> ascii.append(unit < 0x80 ? String.valueOf((char) unit)
                : String.format("\\u%04x", unit)));
        return ascii.toString();
    }

    /** JSON between systems is UTF-8 (RFC 8259, 8.1), whatever the default of this JVM. */
    private static Charset charset(Exchange exchange) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    }
}
