import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * A step of the build: writes what an IDE shows for {@code camel.component.imsession.*} in an application.properties of
 * Spring Boot, from the metadata that Camel's plugin has generated. (Camel's own generator serves org.apache.camel
 * only.) Arguments: the metadata to read, the file to write.
 */
final class SpringMetadata {

    private static final String PREFIX = "camel.component.imsession";
    private static final Map<String, String> TYPES = Map.of("boolean", "java.lang.Boolean", "integer",
            "java.lang.Integer", "number", "java.lang.Double", "duration", "java.time.Duration");
    private static final JsonMapper JSON = new JsonMapper();

    public static void main(String[] args) throws IOException {
        JsonNode component = JSON.readTree(new File(args[0]));
        String source = component.at("/component/javaType").asText();
        ObjectNode metadata = JSON.createObjectNode();
        metadata.putArray("groups").addObject().put("name", PREFIX).put("type", source).put("sourceType", source)
                .put("description", component.at("/component/description").asText());
        ArrayNode properties = metadata.putArray("properties");
        ArrayNode hints = metadata.putArray("hints");
        properties.addObject().put("name", PREFIX + ".enabled").put("type", "java.lang.Boolean")
                .put("sourceType", source).put("defaultValue", true)
                .put("description", "Whether the options below are applied.");
        component.get("componentProperties").properties()
                .forEach(option -> add(kebab(option.getKey()), option.getValue(), source, properties, hints));
        JSON.writerWithDefaultPrettyPrinter().writeValue(new File(args[1]), metadata);
    }

    private static void add(String name, JsonNode option, String source, ArrayNode properties, ArrayNode hints) {
        String type = option.get("type").asText();
        String description = option.get("description").asText();
        if (type.equals("object")) {
            description += " A reference, such as #bean:name, to a " + option.get("javaType").asText() + ".";
        }
        ObjectNode property = properties.addObject().put("name", PREFIX + "." + name)
                .put("type", TYPES.getOrDefault(type, "java.lang.String")).put("sourceType", source)
                .put("description", description);
        String value = option.path("defaultValue").asText();
        if (!value.isEmpty()) {
            switch (type) {
                case "boolean" -> property.put("defaultValue", Boolean.parseBoolean(value));
                case "integer" -> property.put("defaultValue", Integer.parseInt(value));
                case "number" -> property.put("defaultValue", Double.parseDouble(value));
                case "duration" -> property.put("defaultValue", duration(Long.parseLong(value)));
                default -> property.put("defaultValue", value);
            }
        }
        if (option.has("enum")) {
            ArrayNode values = hints.addObject().put("name", PREFIX + "." + name).putArray("values");
            option.get("enum").forEach(each -> values.addObject().put("value", each.asText()));
        }
    }

    private static String duration(long millis) {
        return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
