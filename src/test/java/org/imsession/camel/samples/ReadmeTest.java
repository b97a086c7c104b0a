package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.imsession.camel.consumer.ListeningRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the README say of each option and header what its annotation says, and name no other. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final int MAX_DESCRIPTION = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "endpoint options", "component options", "headers" })
    void theTablesAreThoseOfTheComponent(String name) throws IOException {
        List<String> expected = expected(name);
        Path copy = Files.write(Path.of("target", "README " + name + ".md"), expected);
        assertThat(table(name)).as("the table in README.md; as it should be it is in " + copy)
                .containsExactlyElementsOf(expected);
    }

    private static List<String> expected(String name) throws IOException {
        return switch (name) {
            case "endpoint options" -> rows(Metadata.section("properties"));
            case "component options" -> {
                Map<String, JsonNode> others = Metadata.section("componentProperties");
                others.keySet().removeAll(Metadata.section("properties").keySet());
                yield rows(others);
            }
            default -> Metadata.section("headers").entrySet().stream()
                    .map(header -> "| `%s` | %s | %s |".formatted(header.getKey(),
                            simple(header.getValue().path("javaType").asText()),
                            header.getValue().path("description").asText())).toList();
        };
    }

    @Test
    void everyMeterIsNamed() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("meters", meters))
                .add("listening", ListeningRoute.uri("http://127.0.0.1:1", "alice", "metersPerAgent=true")).start()) {
            String readme = Files.readString(README);
            assertThat(meters.getMeters()).hasSizeGreaterThan(10).extracting(meter -> meter.getId().getName())
                    .allMatch(name -> readme.contains("`" + name + "`"));
        }
    }

    @Test
    void theFirstTwoCommandsRunTheDemoAndTheTests() throws IOException {
        List<String> commands = Pattern.compile("```(?:sh|bash)\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Files.readString(README)).results().map(match -> match.group(1)).toList();
        assertThat(commands.get(0)).isEqualTo("mvn -q test-compile exec:java");
        assertThat(commands.get(1)).isEqualTo("mvn -B verify -Pruntimes");
    }

    @ParameterizedTest
    @ValueSource(strings = { "java", "xml", "yaml" })
    void theRoutesCanBeRun(String language) throws Exception {
        String code = Pattern.compile("```" + language + "\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Files.readString(README)).results().map(match -> match.group(1))
                .filter(each -> each.contains("imsession:alice")).findFirst().orElseThrow();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("gws.url", "https://127.0.0.1");
            context.getPropertiesComponent().addInitialProperty("alice.password.file", Files.writeString(
                    folder.resolve("alice"), "secret\n").toString());
            context.addComponent("jms", new MockComponent());
            context.setAutoStartup(false);
            PluginHelper.getRoutesLoader(context).loadRoutes(
                    ResourceHelper.fromString("Chats." + language, code));
            context.start();
            assertThat(context.getRoutes()).hasSize(1);
        }
    }

    /** What it shows of a test is in the project whose tests are run. */
    @Test
    void theExampleOfATestIsThatOfTheUsersProject() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf("## Testing your own routes");
        String section = readme.substring(begin, readme.indexOf("\n## ", begin));
        String project;
        try (Stream<Path> files = Files.walk(Path.of("src/it/user"))) {
            project = files.filter(file -> file.toString().matches(".*(pom\\.xml|\\.java)")).map(ReadmeTest::read)
                    .collect(Collectors.joining());
        }
        List<String> shown = Pattern.compile("```(?:java|xml)\\n(.*?)```", Pattern.DOTALL).matcher(section).results()
                .map(match -> match.group(1)).toList();
        assertThat(shown).isNotEmpty().allSatisfy(code -> assertThat(project).contains(code));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFileThatItNamesIsThere() throws IOException {
        List<String> links = Pattern.compile("]\\((?!https?:|#)([^)]+)\\)").matcher(Files.readString(README)).results()
                .map(match -> match.group(1)).toList();
        assertThat(links).isNotEmpty().allMatch(link -> Files.exists(Path.of(link)));
    }

    @Test
    void eachSentenceOfTheContractIsHeldByTestsThatThereAre() throws Exception {
        String readme = Files.readString(README);
        String contract = readme.substring(readme.indexOf("## What is promised"),
                readme.indexOf("Which of the two holds"));
        List<MatchResult> sentences = Pattern.compile("^(\\d)\\. \\*\\*(.*?)(?=^\\d\\. |\\z)",
                Pattern.DOTALL | Pattern.MULTILINE).matcher(contract).results().toList();
        assertThat(sentences).extracting(sentence -> sentence.group(1))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
        for (MatchResult sentence : sentences) {
            List<Path> tests = Pattern.compile("]\\((src/test/java/[^)]+Test\\.java)\\)").matcher(sentence.group(2))
                    .results().map(link -> Path.of(link.group(1))).toList();
            assertThat(tests).as("tests of sentence " + sentence.group(1)).isNotEmpty();
            for (Path test : tests) {
                assertThat(Files.readString(test)).as(test.toString()).containsPattern("@(Parameterized)?Test\\b");
            }
        }
    }

    private static List<String> rows(Map<String, JsonNode> options) {
        return options.entrySet().stream().map(option -> "| `%s` | %s | %s |".formatted(option.getKey(),
                defaultOf(option.getValue()), shortened(option.getValue().path("description").asText()))).toList();
    }

    /** Camel's own options explain themselves at length. */
    private static String shortened(String description) {
        int sentence = description.indexOf(". ");
        return description.length() <= MAX_DESCRIPTION || sentence < 0
                ? description : description.substring(0, sentence + 1);
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
