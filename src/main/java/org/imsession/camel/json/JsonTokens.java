package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The tokens of one JSON text, one after the other. Names and texts are {@linkplain WireText#isWellFormed well formed};
 * one that is not is a {@link Rejection}. Not for use by several threads.
 */
interface JsonTokens {

    /** The token at hand; {@code null} before the first and behind the last. */
    JsonToken current();

    /** Goes to the next token. */
    JsonToken next() throws IOException;

    /** In an object, goes to the next name, whose value is {@link #next()}; {@code null} at the end of the object. */
    String nextName() throws IOException;

    /** The text at hand, or the digits of a whole number as sent. */
    String text() throws IOException;

    /** As {@link #text()}, for one that is most likely as one that was read before, such as the name of a state. */
    String word() throws IOException;

    /** The whole number at hand. */
    Number whole() throws IOException;

    /** The decimal fraction at hand. */
    BigDecimal decimal() throws IOException;

    /** Where the token at hand begins, to be given to {@link #sentSince}. */
    int start();

    /** The text from there to the end of the token at hand, exactly as sent. */
    String sentSince(int start) throws IOException;

    /** Where in the text, see {@link MemberPath}. */
    String place();
}
