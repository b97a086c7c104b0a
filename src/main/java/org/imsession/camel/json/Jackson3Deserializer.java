package org.imsession.camel.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/**
 * As {@link FormDeserializer}, for Jackson 3: the same reader, the same limits, and a
 * {@link tools.jackson.databind.exc.MismatchedInputException} that quotes nothing.
 *
 * @param <T> the type
 */
public abstract class Jackson3Deserializer<T> extends StdDeserializer<T> {

    /** What is no number stays as it is, to be refused. */
    private static final JsonFactory TEXT =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private final JsonForm<? super T> form;

    protected Jackson3Deserializer(Class<?> type, JsonForm<? super T> form) {
        super(type);
        this.form = form;
    }

    /** The same for one of the types that have this form. */
    protected abstract Jackson3Deserializer<T> of(Class<?> type);

    @Override
    public final ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return context.getContextualType() == null ? this : of(context.getContextualType().getRawClass());
    }

    @Override
    @SuppressWarnings("unchecked") // the form reads the type that it is asked for
    public final T deserialize(JsonParser parser, DeserializationContext context) {
        try {
            return (T) form.read(text(parser), handledType());
        } catch (MalformedMessageException e) {
            return refused(e.reason(), context);
        } catch (UnsupportedOperationException e) { // in a tree that a program made
            return refused("an object that is no JSON value", context);
        } catch (Rejection | IllegalArgumentException | IllegalStateException e) {
            return refused(e.getMessage(), context);
        }
    }

    private T refused(String reason, DeserializationContext context) {
        return context.reportInputMismatch(handledType(), "Not the JSON of %s: %s", handledType().getSimpleName(),
                reason);
    }

    /** The same: the JSON says by itself what it is, and no name of a class in it is looked at. */
    @Override
    public final Object deserializeWithType(JsonParser parser, DeserializationContext context,
                                            TypeDeserializer typing) {
        return deserialize(parser, context);
    }

    private String text(JsonParser parser) {
        WrittenText text = new WrittenText(form.maxTextLength());
        try (JsonGenerator generator = TEXT.createGenerator(ObjectWriteContext.empty(), text)) {
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
