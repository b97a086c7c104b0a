package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.imsession.camel.json.NotificationReader.Source;
import org.imsession.camel.json.ValueWriter.Content;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;

/**
 * Notifications and IM sessions from JSON and to JSON. Reading is strict in syntax (RFC 8259, no name twice in one
 * object, no byte that is no character), forgiving in content where the documentation itself slips, and bounded by
 * {@link JsonLimits}. It is without loss: whole numbers of any size and decimal fractions keep their digits, members
 * that nobody documented stay, in the order sent. There is no polymorphic typing: {@code @class} is a member like any
 * other.
 * <p>
 * Immutable and safe for use by any number of threads. Nothing thrown here quotes the text.
 */
public final class IMSessionJson {

    /** Made when it is first needed: it is half of what the start of a route would take. */
    private static final class Mapper {
        private static final JsonMapper OF_ALL = JsonMapper.builder(
                new JsonFactoryBuilder().characterEscapes(new InvisibleEscapes()).build())
                // Jackson would turn 1.50 into 1.5
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    private final JsonText json;
    private final NotificationReader notifications;

    /** With {@link JsonLimits#DEFAULT}. */
    public IMSessionJson() {
        this(JsonLimits.DEFAULT);
    }

    /** @param limits how large a text may be, not {@code null} */
    public IMSessionJson(JsonLimits limits) {
        this.json = new JsonText(limits);
        this.notifications = new NotificationReader(json);
    }

    /**
     * What a server sent as {@code data} of a Bayeux message, or with the wrapper {@code {"data":..,"channel":..}}
     * around it once or twice. Never throws for what the text says: what is no notification, or of a type that is not
     * documented, is an {@link org.imsession.camel.model.UnknownMessage}.
     *
     * @param utf8 the text; bytes that are no UTF-8 make it an unknown message whose raw text has U+FFFD in their place
     */
    public IMSessionNotification read(byte[] utf8) {
        WireText text = WireText.of(utf8, StandardCharsets.UTF_8);
        return text.problem().isEmpty() ? fromServer(text.text(), utf8)
                : UnknownMessageReader.unknown(json, text.text(), text.problem(), false);
    }

    /** As {@link #read(byte[])}. */
    public IMSessionNotification read(String text) {
        return fromServer(text, WireText.utf8(text));
    }

    private IMSessionNotification fromServer(String text, byte[] utf8) {
        try {
            return notifications.read(text, utf8, Source.SERVER);
        } catch (Rejection rejection) {
            return UnknownMessageReader.unknown(json, text, rejection.reason(), true);
        }
    }

    /**
     * A notification from anywhere: the JSON of a server, or what {@link #write} made of any notification. A type that
     * is not documented is an {@link org.imsession.camel.model.UnknownMessage}.
     *
     * @throws MalformedMessageException if the text is no notification
     */
    public IMSessionNotification parse(String text) {
        return strictly(text, () -> notifications.read(text, Source.TEXT));
    }

    /**
     * As {@link #parse(String)}.
     *
     * @param charset of the bytes; JSON that is exchanged between systems is UTF-8 (RFC 8259, 8.1)
     */
    public IMSessionNotification parse(byte[] bytes, Charset charset) {
        String text = faithful(bytes, charset);
        byte[] utf8 = charset.equals(StandardCharsets.UTF_8) ? bytes : WireText.utf8(text);
        return strictly(text, () -> notifications.read(text, utf8, Source.TEXT));
    }

    /**
     * As {@link #parse(byte[], Charset)}, reading no more than the limits allow. The stream is not closed.
     *
     * @throws IOException if the stream cannot be read
     */
    public IMSessionNotification parse(InputStream stream, Charset charset) throws IOException {
        // a character takes four bytes at most
        long maxBytes = 4L * json.limits().maxTextLength();
        return parse(stream.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE)), charset);
    }

    /**
     * As {@link #parse(String)}, reading no more than the limits allow. The reader is not closed.
     *
     * @throws IOException if the reader cannot be read
     */
    public IMSessionNotification parse(Reader reader) throws IOException {
        int max = json.limits().maxTextLength();
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        for (int n = reader.read(buffer); n >= 0 && text.length() <= max; n = reader.read(buffer)) {
            text.append(buffer, 0, n);
        }
        return parse(text.toString());
    }

    /**
     * As {@link #parse(String)} of the JSON text of the map; its {@code raw()} is empty.
     *
     * @param object text, numbers, booleans, nulls, lists and maps of these, with text as keys
     */
    public IMSessionNotification parse(Map<?, ?> object) {
        return parseValues(() -> object);
    }

    /** As {@link #parse(Map)}. */
    public IMSessionNotification parse(JsonNode object) {
        return parseValues(() -> ValueWriter.members(object));
    }

    private IMSessionNotification parseValues(Supplier<Map<?, ?>> object) {
        String text = textOf(object);
        return strictly(text, () -> notifications.read(text, Source.VALUES));
    }

    /** @throws MalformedMessageException if there is something in it that is no JSON value */
    private static String textOf(Supplier<Map<?, ?>> object) {
        try {
            Map<?, ?> members = object.get();
            return Mapper.OF_ALL.writeValueAsString(new Written(out -> out.object(members)));
        } catch (Rejection rejection) {
            throw new MalformedMessageException(rejection.reason(), "");
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException(e.getCause() instanceof Rejection rejection ? rejection.reason()
                    : "no JSON values", "");
        }
    }

    /**
     * The answer to {@code GET /api/v2/me/im-sessions?fields=*}, {@code {"imSessions":[...],"statusCode":0}} (Genesys,
     * GWS 8.5.2 API, IM Session Resource). The status code is not looked at.
     *
     * @param utf8 the body
     * @return the sessions in the order sent
     * @throws MalformedMessageException if the body is anything else, or one of the sessions is
     */
    public List<IMSession> readSessions(byte[] utf8) {
        String text = faithful(utf8, StandardCharsets.UTF_8);
        return strictly(text, () -> json.read(text, utf8, tokens -> {
            List<IMSession> sessions = new ArrayList<>();
            if (!tokens.findMember("imSessions") || !tokens.array()) {
                throw Rejection.at("imSessions", "missing");
            }
            while (tokens.element()) {
                sessions.add(SessionReader.session(tokens));
            }
            tokens.skipRest();
            return List.copyOf(sessions);
        }));
    }

    /**
     * Any JSON object, such as the answer to a request, as values without loss.
     *
     * @param utf8 the text
     * @throws MalformedMessageException if it is no JSON object, or exceeds the limits
     */
    public Map<String, Object> readObject(byte[] utf8) {
        String text = faithful(utf8, StandardCharsets.UTF_8);
        return strictly(text, () -> json.read(text, utf8, tokens -> {
            tokens.requireObject();
            return tokens.object();
        }));
    }

    /**
     * The answer to {@code GET /api/v2/me/im-sessions/<id>}, {@code {"imSession":{...},"statusCode":0}}.
     *
     * @throws MalformedMessageException if it is anything else
     */
    public IMSession readSession(JsonNode body) {
        return readSession(textOf(() -> ValueWriter.members(body)));
    }

    /**
     * As {@link #readSession(JsonNode)}.
     *
     * @param utf8 the body
     */
    public IMSession readSession(byte[] utf8) {
        return readSession(faithful(utf8, StandardCharsets.UTF_8));
    }

    private IMSession readSession(String text) {
        return strictly(text, () -> json.read(text, tokens -> {
            if (!tokens.findMember("imSession")) {
                throw Rejection.at("imSession", "missing");
            }
            IMSession session = SessionReader.session(tokens);
            tokens.skipRest();
            return session;
        }));
    }

    /**
     * The canonical JSON of a notification: one line, documented members first, always in the same order. Reading it
     * gives an equal notification, but for its raw text and the spelling of a known state or notification type.
     *
     * @throws IllegalArgumentException if a program put something into it that is no JSON value
     */
    public String write(IMSessionNotification notification) {
        return text(CanonicalForm.of(notification));
    }

    /** {@link #write} in UTF-8. */
    public byte[] writeBytes(IMSessionNotification notification) {
        return write(notification).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The JSON of an object that a program put together, in UTF-8.
     *
     * @param object as for {@link #parse(Map)}
     * @throws IllegalArgumentException if there is something in it that is no JSON value
     */
    public byte[] writeBytes(Map<?, ?> object) {
        return text(out -> out.object(object)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes an object that a program put together.
     *
     * @param object    as for {@link #parse(Map)}
     * @param generator of any mapper
     * @throws IOException              if the generator does
     * @throws IllegalArgumentException if there is something in it that is no JSON value
     */
    public void write(Map<?, ?> object, JsonGenerator generator) throws IOException {
        try {
            new ValueWriter(generator).object(object);
        } catch (Rejection rejection) {
            throw unwritable(rejection);
        }
    }

    /** {@link #write} as a map in that order, which is the caller's own to change. */
    public Map<String, Object> toMap(IMSessionNotification notification) {
        return writable(() -> ValueWriter.map(CanonicalForm.of(notification)));
    }

    /** {@link #write} as a tree, which is the caller's own to change. */
    public JsonNode toTree(IMSessionNotification notification) {
        try (JsonParser tokens = writable(() -> ValueWriter.tokens(CanonicalForm.of(notification))).asParser()) {
            return Mapper.OF_ALL.readTree(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException("tokens in memory cannot fail to be read", e);
        }
    }

    private static String text(Content content) {
        try {
            return PlainOutput.text(content);
        } catch (Rejection rejection) {
            throw unwritable(placed(rejection, content));
        } catch (IOException e) {
            throw new UncheckedIOException("characters in memory cannot fail to be written", e);
        }
    }

    /** With its place, which is not known as long as all goes well. */
    private static Rejection placed(Rejection rejection, Content content) {
        try {
            ValueWriter.tokens(content);
            return rejection;
        } catch (Rejection placed) {
            return placed;
        }
    }

    private static <T> T writable(Supplier<T> values) {
        try {
            return values.get();
        } catch (Rejection rejection) {
            throw unwritable(rejection);
        }
    }

    private static IllegalArgumentException unwritable(Rejection rejection) {
        return new IllegalArgumentException("This cannot be written as JSON: " + rejection.reason());
    }

    private String faithful(byte[] bytes, Charset charset) {
        WireText text = WireText.of(bytes, charset);
        // a stream that was cut at the limit may end within a character; too long is the reason then
        if (!text.problem().isEmpty() && text.text().length() <= json.limits().maxTextLength()) {
            throw new MalformedMessageException(text.problem(), text.text());
        }
        return text.text();
    }

    private static <T> T strictly(String raw, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Rejection rejection) {
            throw new MalformedMessageException(rejection.reason(), raw);
        }
    }
}
