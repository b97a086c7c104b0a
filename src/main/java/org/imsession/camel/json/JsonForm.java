package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * The one JSON that a type of ours has, for whatever writes and reads it: the annotations of Jackson on the type name a
 * serializer and a deserializer that know nothing but this.
 *
 * @param <T> the type, or what several have in common
 */
public interface JsonForm<T> {

    /**
     * Writes the value.
     *
     * @throws IOException      if the generator does
     * @throws RuntimeException if a program put something into it that is no JSON value; its message quotes nothing
     */
    void write(T value, JsonGenerator generator) throws IOException;

    /**
     * The value of a text.
     *
     * @param json one JSON value
     * @param type what is asked for
     * @throws RuntimeException if it is another, or none; its message says where, and quotes nothing
     */
    T read(String json, Class<?> type);

    /** How many characters a text may have. */
    int maxTextLength();
}
