package org.imsession.camel.bayeux;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.function.Supplier;
import org.cometd.bayeux.Message;
import org.cometd.common.JSONContext;

/**
 * CometD's JSON: what goes out is written by Jackson, what comes in is split and not decoded. Small, because every
 * agent has one; CometD's own would bring an {@code ObjectMapper} each.
 */
final class RawJsonContext implements JSONContext.Client {

    private static final Envelope ENVELOPE = new Envelope();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int limit;
    private final Supplier<int[]> expected;

    /**
     * @param limit    see {@link AnswerParser}
     * @param expected asked at the beginning of each answer, see {@link AnswerParser}
     */
    RawJsonContext(int limit, Supplier<int[]> expected) {
        this.limit = limit;
        this.expected = expected;
    }

    @Override
    public JSONContext.AsyncParser newAsyncParser() {
        return new AnswerParser(ENVELOPE, limit, expected.get());
    }

    @Override
    public List<Message.Mutable> parse(String json) throws ParseException {
        try {
            JSONContext.AsyncParser parser = newAsyncParser();
            parser.parse(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            return parser.complete();
        } catch (NotBayeuxException e) {
            throw new ParseException(e.getMessage(), -1);
        }
    }

    @Override
    public String generate(Message.Mutable message) {
        return write(message);
    }

    @Override
    public Parser getParser() {
        return new Parser() {
            @Override
            public <T> T parse(Reader reader, Class<T> type) throws ParseException {
                return read(reader, type);
            }
        };
    }

    @Override
    public Generator getGenerator() {
        return RawJsonContext::write;
    }

    private static <T> T read(Reader reader, Class<T> type) throws ParseException {
        try {
            return MAPPER.readValue(reader, type);
        } catch (IOException e) {
            throw new ParseException("not the JSON of a " + type.getSimpleName(), -1);
        }
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a Bayeux message cannot be written as JSON", e);
        }
    }
}
