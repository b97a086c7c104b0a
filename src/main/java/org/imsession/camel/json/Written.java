package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** A content as a mapper of Jackson's takes it, with the buffers that it has. */
final class Written extends JsonSerializable.Base {

    private final ValueWriter.Content content;

    Written(ValueWriter.Content content) {
        this.content = content;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        content.write(new ValueWriter(generator));
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer typing)
            throws IOException {
        serialize(generator, provider);
    }
}
