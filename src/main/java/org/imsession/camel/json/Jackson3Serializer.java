package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * As {@link FormSerializer}, for Jackson 3, which shares no class with Jackson 2 but its annotations: what the one
 * writer says is said again, token by token.
 *
 * @param <T> the type
 */
public abstract class Jackson3Serializer<T> extends StdSerializer<T> {

    private static final CharacterEscapes ESCAPES = new Escapes();

    private final JsonForm<T> form;

    protected Jackson3Serializer(Class<T> type, JsonForm<T> form) {
        super(type);
        this.form = form;
    }

    @Override
    public final void serialize(T value, JsonGenerator generator, SerializationContext context) {
        CharacterEscapes before = generator.getCharacterEscapes();
        generator.setCharacterEscapes(ESCAPES);
        try (JsonParser tokens = tokens(value).asParser()) {
            while (tokens.nextToken() != null) {
                repeat(tokens, generator);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("tokens in memory cannot fail to be read", e);
        } finally {
            generator.setCharacterEscapes(before);
        }
    }

    /** The same: no name of a class is written, for none is ever read. */
    @Override
    public final void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
                                        TypeSerializer typing) {
        serialize(value, generator, context);
    }

    private TokenBuffer tokens(T value) throws IOException {
        TokenBuffer tokens = new TokenBuffer(null, false);
        form.write(value, tokens);
        return tokens;
    }

    private static void repeat(JsonParser token, JsonGenerator generator) throws IOException {
        switch (token.currentToken()) {
            case START_OBJECT -> generator.writeStartObject();
            case END_OBJECT -> generator.writeEndObject();
            case START_ARRAY -> generator.writeStartArray();
            case END_ARRAY -> generator.writeEndArray();
            case FIELD_NAME -> generator.writeName(token.currentName());
            case VALUE_STRING -> generator.writeString(token.getText());
            case VALUE_TRUE -> generator.writeBoolean(true);
            case VALUE_FALSE -> generator.writeBoolean(false);
            case VALUE_NULL -> generator.writeNull();
            default -> number(token.getNumberValue(), generator);
        }
    }

    private static void number(Number value, JsonGenerator generator) {
        if (value instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (value instanceof BigInteger whole) {
            generator.writeNumber(whole);
        } else if (value instanceof Double real) {
            generator.writeNumber(real);
        } else if (value instanceof Float real) {
            generator.writeNumber(real);
        } else if (value instanceof Long whole) {
            generator.writeNumber(whole);
        } else {
            generator.writeNumber(value.intValue());
        }
    }

    /** Those of {@link InvisibleEscapes}. */
    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        private final InvisibleEscapes same = new InvisibleEscapes();

        @Override
        public int[] getEscapeCodesForAscii() {
            return same.getEscapeCodesForAscii();
        }

        @Override
        public SerializableString getEscapeSequence(int unit) {
            var sequence = same.getEscapeSequence(unit);
            return sequence == null ? null : new SerializedString(sequence.getValue());
        }
    }
}
