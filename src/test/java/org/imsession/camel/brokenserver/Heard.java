package org.imsession.camel.brokenserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request exactly as it came.
 *
 * @param connection the number of the connection it came on, from 1
 * @param method     the method
 * @param target     path and query, or what else stood in the request line
 * @param headers    the header fields, in order, spelled as sent
 * @param body       the body without transfer encoding, empty if there was none
 */
public record Heard(int connection, String method, String target, List<Map.Entry<String, String>> headers,
                    byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The target without query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The first field of that name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.stream().filter(field -> field.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue)
                .findFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything, for looking for what must not be in it. */
    public String everything() {
        return method + " " + target + "\n" + headers + "\n" + text();
    }
}
