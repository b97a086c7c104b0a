package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Strict reading of one JSON text within limits: quickly what is plain, and the rest by Jackson. Whatever Jackson finds
 * wrong becomes a {@link Rejection} in words of ours: Jackson's own quote the text.
 */
final class JsonText {

    /** Takes the one value of a text. */
    interface Content<T> {
        T read(TokenReader tokens) throws IOException;
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String INEXACT_NUMBER = "a number that cannot be kept exactly";

    /** Made by the first text. */
    private static final class Names {
        /** Those of all texts: messages have the same few. */
        private static final KnownNames ALL = new KnownNames();
    }

    private final JsonLimits limits;
    private volatile JsonFactory factory;

    JsonText(JsonLimits limits) {
        this.limits = limits;
    }

    /** Made by the first text that is not plain, and not by the start of each route. */
    private JsonFactory factory() {
        JsonFactory made = factory;
        if (made == null) {
            made = JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(limits.maxNestingDepth())
                            .maxStringLength(limits.maxTextLength())
                            .maxNumberLength(limits.maxNumberLength())
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    // names come from outside: they shall not fill the JVM's table of strings
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();
            factory = made;
        }
        return made;
    }

    JsonLimits limits() {
        return limits;
    }

    /**
     * Reads a text.
     *
     * @param utf8    the same as bytes, not changed; {@code null} if it cannot be told in UTF-8
     * @param content may be asked twice
     * @throws Rejection if the text is not one JSON value within the limits, or its content is not taken
     */
    <T> T read(String text, byte[] utf8, Content<T> content) {
        requireInLimits(text);
        if (utf8 != null) {
            try {
                return taken(new TokenReader(new PlainTokens(utf8, Names.ALL, limits), limits.maxMembers()), content);
            } catch (PlainTokens.NotPlainException | Rejection e) {
                return readByJackson(text, content); // which can say what is wrong, if anything is
            } catch (IOException e) {
                throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
            }
        }
        return readByJackson(text, content);
    }

    /** As the other. */
    <T> T read(String text, Content<T> content) {
        return read(text, WireText.utf8(text), content);
    }

    /** As the others, asking the content once, so that it may keep what came before a fault. */
    <T> T readOnce(String text, Content<T> content) {
        requireInLimits(text);
        return readByJackson(text, content);
    }

    private void requireInLimits(String text) {
        if (text.length() > limits.maxTextLength()) {
            throw new Rejection("longer than the " + limits.maxTextLength() + " characters allowed");
        }
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw new Rejection("a byte order mark (U+FEFF) stands before the JSON, which does not allow one");
        }
    }

    private static <T> T taken(TokenReader tokens, Content<T> content) throws IOException {
        tokens.begin();
        T value = content.read(tokens);
        tokens.end();
        return value;
    }

    private <T> T readByJackson(String text, Content<T> content) {
        try (JsonParser parser = factory().createParser(text)) {
            TokenReader tokens = new TokenReader(new JacksonTokens(text, parser), limits.maxMembers());
            try {
                return taken(tokens, content);
            } catch (JsonProcessingException e) {
                throw Rejection.at(tokens.place(), problem(parser, e));
            } catch (NumberFormatException e) {
                // thrown as it is by Jackson 2.19 for an exponent that does not fit an int
                throw Rejection.at(tokens.place(), INEXACT_NUMBER);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    static String withoutByteOrderMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private String problem(JsonParser parser, JsonProcessingException e) {
        if (parser.getParsingContext().getNestingDepth() > limits.maxNestingDepth()) {
            return "nested deeper than the " + limits.maxNestingDepth() + " levels allowed";
        }
        String at = " at character " + (parser.currentLocation().getCharOffset() + 1);
        if (e instanceof JsonEOFException) {
            return "not JSON, the text ends in the middle" + at;
        }
        if (e instanceof StreamConstraintsException) {
            return "a number or a name is too long" + at + ", " + limits.maxNumberLength() + " digits are allowed";
        }
        if (e.getOriginalMessage().contains("surrogate")) {
            return WireText.BROKEN_PAIR; // in a name: refused by Jackson since 2.20, found by us before
        }
        boolean number = parser.currentToken() != null && parser.currentToken().isNumeric();
        return (number ? INEXACT_NUMBER : "not JSON") + at;
    }
}
