package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a program as JSON, token by token: text, numbers, booleans, null, lists, and maps with text as keys.
 * Anything else is refused instead of being written in some form that does not read back. No setting of a mapper
 * leaves a member out, sorts or renames one, or adds the name of a class.
 */
final class ValueWriter {

    /** What is to be written. */
    interface Content {

        /** @throws Rejection if it holds what is no JSON value */
        void write(ValueWriter out) throws IOException;
    }

    /** Deeper than {@link JsonLimits} lets any text be, and the end of a map that contains itself. */
    private static final int MAX_DEPTH = 250;

    private final JsonOutput out;

    ValueWriter(JsonOutput out) {
        this.out = out;
    }

    ValueWriter(JsonGenerator generator) {
        this(new JacksonOutput(generator));
    }

    /** The content as tokens. */
    static TokenBuffer tokens(Content content) {
        TokenBuffer tokens = new TokenBuffer((ObjectCodec) null, false);
        try {
            content.write(new ValueWriter(tokens));
        } catch (IOException e) {
            throw new UncheckedIOException("tokens in memory cannot fail to be written", e);
        }
        return tokens;
    }

    /** The content, an object, as a map of plain JSON values, which is the caller's own to change. */
    static Map<String, Object> map(Content content) {
        try (JsonParser tokens = tokens(content).asParser()) {
            tokens.nextToken();
            return object(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException("tokens in memory cannot fail to be read", e);
        }
    }

    private static Map<String, Object> object(JsonParser tokens) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
            tokens.nextToken();
            object.put(name, value(tokens));
        }
        return object;
    }

    private static Object value(JsonParser tokens) throws IOException {
        return switch (tokens.currentToken()) {
            case START_OBJECT -> object(tokens);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (tokens.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(tokens));
                }
                yield list;
            }
            case VALUE_STRING -> tokens.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> tokens.getNumberValue();
        };
    }

    void begin() throws IOException {
        out.beginObject();
    }

    void end() throws IOException {
        out.endObject();
    }

    void beginArray(String name) throws IOException {
        name(name);
        out.beginArray();
    }

    void endArray() throws IOException {
        out.endArray();
    }

    /** The name of a member, whose value follows. */
    void name(String name) throws IOException {
        out.name(name);
    }

    void text(String name, String text) throws IOException {
        out.name(name);
        out.text(text);
    }

    /** A text that is left out if it was not sent. */
    void sent(String name, String text) throws IOException {
        if (!text.isEmpty()) {
            text(name, text);
        }
    }

    void value(String name, Object value) throws IOException {
        name(name);
        value(value, 1);
    }

    void texts(String name, List<String> texts) throws IOException {
        beginArray(name);
        for (int i = 0; i < texts.size(); i++) {
            out.text(texts.get(i));
        }
        out.endArray();
    }

    /** Members that are not documented, behind those that are. */
    void others(Map<String, Object> other, List<String> documented) throws IOException {
        for (int i = 0; i < documented.size() && !other.isEmpty(); i++) {
            if (other.containsKey(documented.get(i))) {
                throw Rejection.at(MemberPath.member("", documented.get(i)),
                        "in other() as well, where a documented member cannot be");
            }
        }
        members(other, 1);
    }

    void object(Map<?, ?> map) throws IOException {
        object(map, 1);
    }

    private void object(Map<?, ?> map, int depth) throws IOException {
        out.beginObject();
        members(map, depth);
        out.endObject();
    }

    /** By forEach: the entries of an unmodifiable map are wrapped one by one. */
    private void members(Map<?, ?> map, int depth) throws IOException {
        if (map.isEmpty()) {
            return;
        }
        try {
            map.forEach((name, value) -> {
                try {
                    member(name, value, depth);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void member(Object key, Object value, int depth) throws IOException {
        if (!(key instanceof CharSequence)) {
            throw Rejection.at(out.placeOfObject(), "a name that is no text");
        }
        out.name(key.toString());
        value(value, depth);
    }

    private void value(Object value, int depth) throws IOException {
        if (value instanceof String text) {
            out.text(text);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value == null) {
            out.nothing();
        } else if (value instanceof Boolean truth) {
            out.truth(truth);
        } else if (value instanceof CharSequence text) {
            out.text(text.toString());
        } else if (depth > MAX_DEPTH) {
            throw new Rejection("nested deeper than " + MAX_DEPTH + " levels");
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth + 1);
        } else if (value instanceof Collection<?> elements) {
            out.beginArray();
            for (Object element : elements) {
                value(element, depth + 1);
            }
            out.endArray();
        } else if (value instanceof JsonNode node) {
            value(ofNode(node), depth);
        } else {
            throw noValue(value, " is no JSON value");
        }
    }

    private void number(Number value) throws IOException {
        if (!isJson(value)) {
            throw noValue(value, " that JSON cannot hold");
        }
        out.number(value);
    }

    private static boolean isJson(Number value) {
        return value instanceof Integer || value instanceof Long || value instanceof BigDecimal
                || value instanceof BigInteger || value instanceof Short || value instanceof Byte
                || value instanceof Double real && Double.isFinite(real)
                || value instanceof Float real && Float.isFinite(real);
    }

    private Rejection noValue(Object value, String problem) {
        return Rejection.at(out.place(), "a " + value.getClass().getName() + problem);
    }

    private Object ofNode(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> {
                List<JsonNode> elements = new ArrayList<>(node.size());
                node.forEach(elements::add);
                yield elements;
            }
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL -> null;
            default -> throw Rejection.at(out.place(), node.getNodeType() + " is no JSON value");
        };
    }

    /** The members of an object of Jackson's. */
    static Map<String, JsonNode> members(JsonNode node) {
        if (!node.isObject()) {
            throw new Rejection("expected an object, found another JSON value");
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            members.put(member.getKey(), member.getValue());
        }
        return members;
    }
}
