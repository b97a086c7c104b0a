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

    /** Made by the first message: not needed where it is made by the start of a route. */
    private static final class Mapper {
        private static final ObjectMapper OF_ALL = new ObjectMapper();
    }

    private final Supplier<AnswerParser> parsers;

    /** @param parsers asked at the beginning of each answer */
    RawJsonContext(Supplier<AnswerParser> parsers) {
        this.parsers = parsers;
    }

    @Override
    public AnswerParser newAsyncParser() {
        return parsers.get();
    }

    @Override
    public List<Message.Mutable> parse(String json) throws ParseException {
        AnswerParser parser = newAsyncParser();
        try {
            parser.parse(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            return parser.complete();
        } catch (NotBayeuxException e) {
            throw new ParseException(e.getMessage(), -1);
        } finally {
            parser.release();
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
            return Mapper.OF_ALL.readValue(reader, type);
        } catch (IOException e) {
            throw new ParseException("not the JSON of a " + type.getSimpleName(), -1);
        }
    }

    private static String write(Object value) {
        try {
            return Mapper.OF_ALL.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a Bayeux message cannot be written as JSON", e);
        }
    }
}
