package org.imsession.camel.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the build generates about the component, from its annotations. */
final class Metadata {

    private Metadata() {
    }

    static String json() throws IOException {
        try (InputStream in = Metadata.class.getResourceAsStream("/META-INF/org/imsession/camel/imsession.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The entries of a section such as {@code properties}, by name, in their order. */
    static Map<String, JsonNode> section(String name) throws IOException {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        new JsonMapper().readTree(json()).path(name).properties()
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }
}
