package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;

/**
 * Lets any mapper of Jackson 2 read the one JSON of a type: its tokens are written down as text, which the same reader
 * takes as everywhere else, with the same limits. What is no such JSON is a
 * {@link com.fasterxml.jackson.databind.exc.MismatchedInputException} that quotes nothing.
 *
 * @param <T> the type
 */
public abstract class FormDeserializer<T> extends StdDeserializer<T> implements ContextualDeserializer {

    private static final long serialVersionUID = 1L;
    /** What is no number stays as it is, to be refused. */
    private static final JsonFactory TEXT =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private final transient JsonForm<? super T> form;

    protected FormDeserializer(Class<?> type, JsonForm<? super T> form) {
        super(type);
        this.form = form;
    }

    /** The same for one of the types that have this form. */
    protected abstract FormDeserializer<T> of(Class<?> type);

    @Override
    public final JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return context.getContextualType() == null ? this : of(context.getContextualType().getRawClass());
    }

    @Override
    @SuppressWarnings("unchecked") // the form reads the type that it is asked for
    public final T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        try {
            return (T) form.read(text(parser), handledType());
        } catch (Rejection | IllegalArgumentException | IllegalStateException e) { // the last: an object in a tree
            String reason = e instanceof MalformedMessageException malformed ? malformed.reason() : e.getMessage();
            return context.reportInputMismatch(handledType(), "Not the JSON of %s: %s", handledType().getSimpleName(),
                    reason);
        }
    }

    /** The same: the JSON says by itself what it is, and no name of a class in it is looked at. */
    @Override
    public final Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer typing)
            throws IOException {
        return deserialize(parser, context);
    }

    private String text(JsonParser parser) throws IOException {
        WrittenText text = new WrittenText(form.maxTextLength());
        try (JsonGenerator generator = TEXT.createGenerator(text)) {
            int depth = 0;
            do {
                generator.copyCurrentEventExact(parser);
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }
}
