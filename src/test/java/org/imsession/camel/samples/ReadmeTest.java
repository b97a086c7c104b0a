package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the README say of each option and header what its annotation says, and name no other. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Test
    void theTableOfEndpointOptionsIsThatOfTheComponent() throws IOException {
        assertThat(table("endpoint options")).containsExactlyElementsOf(rows(Metadata.section("properties")));
    }

    @Test
    void theTableOfComponentOptionsHasTheOthers() throws IOException {
        Map<String, JsonNode> others = Metadata.section("componentProperties");
        others.keySet().removeAll(Metadata.section("properties").keySet());
        assertThat(table("component options")).containsExactlyElementsOf(rows(others));
    }

    @Test
    void theTableOfHeadersIsThatOfTheComponent() throws IOException {
        assertThat(table("headers")).containsExactlyElementsOf(Metadata.section("headers").entrySet().stream()
                .map(header -> "| `%s` | %s | %s |".formatted(header.getKey(),
                        simple(header.getValue().path("javaType").asText()),
                        header.getValue().path("description").asText())).toList());
    }

    @Test
    void theFirstTwoCommandsRunTheDemoAndTheTests() throws IOException {
        List<String> commands = Pattern.compile("```(?:sh|bash)\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Files.readString(README)).results().map(match -> match.group(1)).toList();
        assertThat(commands.get(0)).isEqualTo("mvn -q test-compile exec:java");
        assertThat(commands.get(1)).isEqualTo("mvn -B verify");
    }

    @Test
    void everyFileThatItNamesIsThere() throws IOException {
        List<String> links = Pattern.compile("]\\((?!https?:|#)([^)]+)\\)").matcher(Files.readString(README)).results()
                .map(match -> match.group(1)).toList();
        assertThat(links).isNotEmpty().allMatch(link -> Files.exists(Path.of(link)));
    }

    private static List<String> rows(Map<String, JsonNode> options) {
        return options.entrySet().stream().map(option -> "| `%s` | %s | %s |".formatted(option.getKey(),
                defaultOf(option.getValue()), option.getValue().path("description").asText())).toList();
    }

    private static String defaultOf(JsonNode option) {
        if (option.path("required").asBoolean()) {
            return "**required**";
        }
        String value = option.path("defaultValue").asText();
        return value.isEmpty() ? "" : '`' + value + (option.path("type").asText().equals("duration") ? "` ms" : "`");
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The rows between {@code <!-- name -->} and the end of the table. */
    private static List<String> table(String name) throws IOException {
        MatchResult table = Pattern.compile("<!-- " + name + " -->\\n\\|.*\\n\\|[-|]*\\n((?:\\|.*\\n)*)")
                .matcher(Files.readString(README)).results().findFirst().orElseThrow();
        return Stream.of(table.group(1).split("\\n")).toList();
    }
}
