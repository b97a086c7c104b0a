package org.imsession.camel.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * By Jackson, which knows all of JSON, and what is wrong with a text.
 *
 * @param json   what is parsed
 * @param parser of that text
 */
record JacksonTokens(String json, JsonParser parser) implements JsonTokens {

    @Override
    public JsonToken current() {
        return parser.currentToken();
    }

    @Override
    public JsonToken next() throws IOException {
        return parser.nextToken();
    }

    @Override
    public String nextName() throws IOException {
        return wellFormed(parser.nextFieldName());
    }

    @Override
    public String text() throws IOException {
        return wellFormed(parser.getText());
    }

    @Override
    public String word() throws IOException {
        return wellFormed(parser.getText());
    }

    private String wellFormed(String text) {
        if (text != null && !WireText.isWellFormed(text)) {
            throw Rejection.at(place(), WireText.BROKEN_PAIR);
        }
        return text;
    }

    @Override
    public Number whole() throws IOException {
        return parser.getNumberValue();
    }

    @Override
    public BigDecimal decimal() throws IOException {
        return parser.getDecimalValue();
    }

    @Override
    public int start() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    @Override
    public String sentSince(int start) throws IOException {
        parser.finishToken();
        return json.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    @Override
    public String place() {
        return MemberPath.of(parser.getParsingContext());
    }
}
