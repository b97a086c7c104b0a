package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Lets any mapper of Jackson 2 write the one JSON of a type, whatever it is configured to do with others. What its
 * generator is set to (line breaks, a charset) is its owner's choice.
 *
 * @param <T> the type
 */
public abstract class FormSerializer<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;

    private static final CharacterEscapes ESCAPES = new InvisibleEscapes();

    private final transient JsonForm<T> form;

    protected FormSerializer(Class<T> type, JsonForm<T> form) {
        super(type);
        this.form = form;
    }

    @Override
    public final void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        CharacterEscapes before = generator.getCharacterEscapes();
        generator.setCharacterEscapes(ESCAPES);
        try {
            form.write(value, generator);
        } finally {
            generator.setCharacterEscapes(before);
        }
    }

    /** The same: no name of a class is written, for none is ever read. */
    @Override
    public final void serializeWithType(T value, JsonGenerator generator, SerializerProvider provider,
                                        TypeSerializer typing) throws IOException {
        serialize(value, generator, provider);
    }
}
