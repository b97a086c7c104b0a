package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of one JSON text as values, counted. Every method but {@link #member()} and {@link #element()} takes the
 * value at hand and leaves the tokens on its last. Not for use by several threads.
 */
final class TokenReader {

    private final JsonTokens tokens;
    private final int maxMembers;
    private final OpenMembers open = new OpenMembers();
    private Map<String, Object> kept = Map.of();
    private int members;

    TokenReader(JsonTokens tokens, int maxMembers) {
        this.tokens = tokens;
        this.maxMembers = maxMembers;
    }

    /** Goes to the one value of the text. */
    void begin() throws IOException {
        if (tokens.next() == null) {
            throw new Rejection("the text is empty");
        }
    }

    /** Makes sure that nothing follows the value. */
    void end() throws IOException {
        if (tokens.next() != null) {
            throw new Rejection("more follows the end of the JSON value, at character " + (tokenStart() + 1));
        }
    }

    void requireObject() {
        if (!isObject()) {
            throw mismatch("an object");
        }
    }

    boolean isObject() {
        return tokens.current() == JsonToken.START_OBJECT;
    }

    boolean isText() {
        return tokens.current() == JsonToken.VALUE_STRING;
    }

    boolean isNull() {
        return tokens.current() == JsonToken.VALUE_NULL;
    }

    /** The name of the next member of the object at hand, whose value is then the value at hand; null at its end. */
    String member() throws IOException {
        if (isObject()) {
            open.begin();
        }
        String name = tokens.nextName();
        if (name == null) {
            kept = open.end();
            return null;
        }
        if (!open.add(name)) {
            throw Rejection.at(place(), "the same name twice in one object at character " + (tokenStart() + 1));
        }
        count();
        tokens.next();
        return name;
    }

    /** Goes to the next element of the array at hand; false at its end. */
    boolean element() throws IOException {
        if (tokens.next() == JsonToken.END_ARRAY) {
            return false;
        }
        count();
        return true;
    }

    /** Goes to the value of that member of the object at hand, taking all before it; false if there is none. */
    boolean findMember(String wanted) throws IOException {
        requireObject();
        for (String name = member(); name != null; name = member()) {
            if (name.equals(wanted)) {
                return true;
            }
            value();
        }
        return false;
    }

    /** Takes the remaining members of the object around the value at hand. */
    void skipRest() throws IOException {
        while (member() != null) {
            value();
        }
    }

    private void count() {
        if (++members > maxMembers) {
            throw Rejection.at(place(), "more than " + maxMembers + " members and elements in one text");
        }
    }

    /** A text; empty for null, which stands for a member that was not sent. */
    String text() throws IOException {
        return isSent() ? tokens.text() : "";
    }

    /** As {@link #text()}, for one of the few that all messages have, such as the name of a state. */
    String word() throws IOException {
        return isSent() ? tokens.word() : "";
    }

    private boolean isSent() {
        if (!isNull() && !isText()) {
            throw mismatch("text");
        }
        return !isNull();
    }

    /** An id: a text, or a whole number of any size with its digits as sent. */
    String id() throws IOException {
        return tokens.current() == JsonToken.VALUE_NUMBER_INT ? tokens.text() : text();
    }

    /** Goes to the start of an array; false for null, which stands for a member that was not sent. */
    boolean array() {
        if (!isNull() && tokens.current() != JsonToken.START_ARRAY) {
            throw mismatch("an array");
        }
        return !isNull();
    }

    /** Keeps what was made of the value of the last {@link #member()} for {@link #kept()}. */
    void keep(Object value) {
        open.keep(value);
    }

    /** The members that were kept of the object whose end {@link #member()} has just told, in order; unmodifiable. */
    Map<String, Object> kept() {
        return kept;
    }

    /**
     * An object as a map in the order sent, unmodifiable; empty for null, which stands for a member that was not sent.
     */
    Map<String, Object> object() throws IOException {
        if (isNull()) {
            return Map.of();
        }
        requireObject();
        while (member() != null) {
            keep(value());
        }
        return kept;
    }

    /** Puts what the object at hand holds into a map, each container before its content: what was read, stays. */
    void fill(Map<String, Object> object) throws IOException {
        for (String name = member(); name != null; name = member()) {
            if (isObject()) {
                Map<String, Object> inner = new LinkedHashMap<>();
                object.put(name, inner);
                fill(inner);
            } else {
                object.put(name, value());
            }
        }
    }

    /** Any value, without loss: whole numbers of any size, decimal fractions as {@link java.math.BigDecimal}. */
    Object value() throws IOException {
        return switch (tokens.current()) {
            case START_OBJECT -> object();
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (element()) {
                    list.add(value());
                }
                yield list;
            }
            case VALUE_STRING -> tokens.text();
            case VALUE_NUMBER_INT -> tokens.whole();
            case VALUE_NUMBER_FLOAT -> tokens.decimal();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("no value at hand");
        };
    }

    /** Where in the text the value at hand begins; call it before the value is taken. */
    int tokenStart() {
        return tokens.start();
    }

    /** The text from there to the end of the value just taken, exactly as sent. */
    String sentSince(int start) throws IOException {
        return tokens.sentSince(start);
    }

    String place() {
        return tokens.place();
    }

    private Rejection mismatch(String expected) {
        String found = switch (tokens.current()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "null";
        };
        return Rejection.at(place(), "expected " + expected + ", found " + found);
    }
}
