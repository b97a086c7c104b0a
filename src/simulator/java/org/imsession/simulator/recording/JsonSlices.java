package org.imsession.simulator.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a JSON text as they are written, so that nothing of them changes: duplicate names, numbers beyond all
 * bounds, escapes.
 */
public final class JsonSlices {

    private static final JsonFactory LENIENT = JsonFactory.builder().streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE)
                    .maxDocumentLength(Long.MAX_VALUE).build()).build();

    private JsonSlices() {
    }

    /**
     * The elements of an array.
     *
     * @param text any text
     * @return the texts of its elements, empty if it is no JSON array of objects
     */
    public static Optional<List<String>> elements(String text) {
        List<String> found = new ArrayList<>();
        try (JsonParser parser = LENIENT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                found.add(value(parser, text));
            }
            boolean whole = parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
            return whole ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The members of an object; of two with one name the last.
     *
     * @param text any text
     * @return the texts of the values by name, empty if it is no JSON object
     */
    public static Optional<Map<String, String>> members(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        try (JsonParser parser = LENIENT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                found.put(name, value(parser, text));
            }
            boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return whole ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String value(JsonParser parser, String text) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
