package org.imsession.camel.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The JSON Schemas in the jar. */
public final class Schemas {

    public static final String ID = "urn:imsession:schema:1:";
    public static final List<String> NAMES = List.of("IMSession", "IMSessionStateChangeMessage", "IMLogUpdateMessage",
            "FeedGap", "UnknownMessage", "IMSessionNotification", "IMConversation", "IMSessionRequest", "CloudEvent");

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(NAMES.stream()
                    .collect(Collectors.toMap((String name) -> ID + name, Schemas::text))));

    private Schemas() {
    }

    static String text(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream("/org/imsession/camel/schema/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String name) {
        try {
            return new ObjectMapper().readTree(text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong by one of the schemas; empty if nothing is. */
    public static List<String> errors(String name, String json) {
        return errors(SchemaLocation.of(ID + name), json);
    }

    /** What is wrong with a schema itself. */
    static List<String> errorsOfSchema(String name) {
        return errors(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()), text(name));
    }

    private static List<String> errors(SchemaLocation schema, String json) {
        return REGISTRY.getSchema(schema).validate(json, InputFormat.JSON, context ->
                context.executionConfig(config -> config.formatAssertionsEnabled(true))).stream()
                .map(Error::toString).toList();
    }

    /** The members that a schema names, in order, with an exclamation mark for those that must be there. */
    static Map<String, List<String>> members(String name) {
        JsonNode schema = tree(name);
        Map<String, List<String>> members = new TreeMap<>();
        put(members, name, schema);
        schema.path("oneOf").forEach(each -> put(members, name + " " + each.at("/properties/operation/const").asText()
                + each.at("/properties/messageType/const").asText(), each));
        schema.path("$defs").properties().forEach(each -> put(members, name + " " + each.getKey(), each.getValue()));
        return members;
    }

    private static void put(Map<String, List<String>> members, String name, JsonNode object) {
        List<String> required = new ArrayList<>();
        object.path("required").forEach(each -> required.add(each.asText()));
        if (object.has("properties")) {
            members.put(name.strip(), object.get("properties").properties().stream()
                    .map(each -> each.getKey() + (required.contains(each.getKey()) ? "!" : "")).toList());
        }
    }
}
