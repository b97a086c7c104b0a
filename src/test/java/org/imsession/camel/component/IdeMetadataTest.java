package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionComponent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an IDE shows for an application.properties of Spring Boot is what the component does. */
class IdeMetadataTest {

    private static final String PREFIX = "camel.component.imsession.";
    private static final Map<String, JsonNode> PROPERTIES = new LinkedHashMap<>();
    private static final Map<String, JsonNode> HINTS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws Exception {
        try (InputStream json = IMSessionComponent.class.getResourceAsStream(
                "/META-INF/spring-configuration-metadata.json")) {
            JsonNode metadata = new ObjectMapper().readTree(json);
            metadata.get("properties").forEach(each -> PROPERTIES.put(each.get("name").asText(), each));
            metadata.get("hints").forEach(each -> HINTS.put(each.get("name").asText(), each));
        }
    }

    static List<Option> options() {
        return Option.all("componentProperties");
    }

    private static String name(Option option) {
        return PREFIX + option.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void theMetadataNamesAllOptionsAndTheSwitchAndNothingElse() {
        List<String> expected = new ArrayList<>(options().stream().map(IdeMetadataTest::name).toList());
        expected.add(PREFIX + "enabled");
        assertThat(PROPERTIES.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("options")
    void theMetadataSaysOfEachOptionWhatTheComponentSays(Option option) throws ClassNotFoundException {
        JsonNode generated = Option.metadata().get("componentProperties").get(option.name());
        JsonNode shown = PROPERTIES.get(name(option));
        assertThat(shown.get("description").asText()).startsWith(generated.get("description").asText());
        Class<?> type = Class.forName(shown.get("type").asText());
        assertThat(type.getSimpleName()).isEqualTo(switch (generated.get("type").asText()) {
            case "boolean" -> "Boolean";
            case "integer" -> "Integer";
            case "number" -> "Double";
            case "duration" -> "Duration";
            default -> "String";
        });
        List<String> values = new ArrayList<>();
        generated.path("enum").forEach(each -> values.add(each.asText()));
        List<String> hints = new ArrayList<>();
        HINTS.getOrDefault(name(option), new ObjectMapper().createObjectNode()).path("values")
                .forEach(each -> hints.add(each.get("value").asText()));
        assertThat(hints).isEqualTo(values);
    }

    /** Setting the default that is shown changes nothing, so it is the default. */
    @ParameterizedTest
    @MethodSource("options")
    void theDefaultThatItShowsIsTheDefault(Option option) throws Exception {
        JsonNode shown = PROPERTIES.get(name(option)).path("defaultValue");
        assertThat(shown.isMissingNode()).isEqualTo(
                !Option.metadata().get("componentProperties").get(option.name()).has("defaultValue"));
        if (shown.isMissingNode()) {
            return;
        }
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            IMSessionComponent component = camel.getComponent("imsession", IMSessionComponent.class);
            Object before = option.in(component, component.getConfiguration());
            component.getComponentPropertyConfigurer().configure(camel, component, option.name(), option.value(),
                    false);
            assertThat(option.in(component, component.getConfiguration())).isNotEqualTo(before);
            component.getComponentPropertyConfigurer().configure(camel, component, option.name(), shown.asText(),
                    false);
            assertThat(option.in(component, component.getConfiguration())).isEqualTo(before);
        }
    }
}
