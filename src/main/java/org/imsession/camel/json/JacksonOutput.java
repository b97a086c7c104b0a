package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Any generator of Jackson's: that of a mapper, or one that keeps the tokens.
 *
 * @param generator what is written to
 */
record JacksonOutput(JsonGenerator generator) implements JsonOutput {

    /** As they stand in JSON, for a generator to copy. */
    private static final Map<String, SerializedString> NAMES = MemberPath.documented().stream()
            .collect(Collectors.toMap(Function.identity(), SerializedString::new));

    @Override
    public void beginObject() throws IOException {
        generator.writeStartObject();
    }

    @Override
    public void endObject() throws IOException {
        generator.writeEndObject();
    }

    @Override
    public void beginArray() throws IOException {
        generator.writeStartArray();
    }

    @Override
    public void endArray() throws IOException {
        generator.writeEndArray();
    }

    @Override
    public void name(String name) throws IOException {
        SerializedString quoted = NAMES.get(name);
        if (quoted != null) {
            generator.writeFieldName(quoted);
        } else if (WireText.isWellFormed(name)) {
            generator.writeFieldName(name);
        } else {
            throw Rejection.at(placeOfObject(), WireText.BROKEN_PAIR);
        }
    }

    @Override
    public void text(String text) throws IOException {
        if (!WireText.isWellFormed(text)) {
            throw Rejection.at(place(), WireText.BROKEN_PAIR);
        }
        generator.writeString(text);
    }

    @Override
    public void number(Number number) throws IOException {
        if (number instanceof Integer whole) {
            generator.writeNumber(whole);
        } else if (number instanceof Long whole) {
            generator.writeNumber(whole);
        } else if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (number instanceof BigInteger whole) {
            generator.writeNumber(whole);
        } else if (number instanceof Double real) {
            generator.writeNumber(real);
        } else if (number instanceof Float real) {
            generator.writeNumber(real);
        } else {
            generator.writeNumber(number.shortValue());
        }
    }

    @Override
    public void truth(boolean truth) throws IOException {
        generator.writeBoolean(truth);
    }

    @Override
    public void nothing() throws IOException {
        generator.writeNull();
    }

    @Override
    public String place() {
        JsonStreamContext context = generator.getOutputContext();
        return context.inArray() ? MemberPath.element(MemberPath.of(context.getParent()), context.getEntryCount())
                : MemberPath.of(context);
    }

    @Override
    public String placeOfObject() {
        return MemberPath.of(generator.getOutputContext().getParent());
    }
}
