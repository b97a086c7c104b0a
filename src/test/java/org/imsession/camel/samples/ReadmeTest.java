package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.pages.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of the manual say of each option and header what its annotation says, and name no other; its contract is
 * held by tests.
 */
class ReadmeTest {

    private static final List<String> GROUPS = List.of("common", "consumer", "producer", "security", "advanced");
    /** Of the options that are numbers. */
    private static final Map<String, String> UNITS = Map.ofEntries(Map.entry("concurrentLogins", "logins"),
            Map.entry("healthNames", "agents"), Map.entry("loginsPerSecond", "logins per second"),
            Map.entry("maxMembers", "members"), Map.entry("maxMessageSize", "bytes"),
            Map.entry("maxNestingDepth", "levels"),
            Map.entry("maxPending", "events"), Map.entry("maxRequestHeadSize", "bytes"),
            Map.entry("maxTextLength", "characters"), Map.entry("minLiveAgents", "percent"),
            Map.entry("proxyPort", "port"),
            Map.entry("reconnectJitter", "0 to 1"), Map.entry("reconnectMultiplier", "factor"),
            Map.entry("workerThreads", "threads"));
    private static final int MAX_DESCRIPTION = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "common options", "consumer options", "producer options", "security options",
            "advanced options", "component options", "headers" })
    void theTablesAreThoseOfTheComponent(String name) throws IOException {
        List<String> expected = expected(name);
        Path copy = Files.write(Path.of("target", "reference " + name + ".md"), expected);
        assertThat(table(name)).as("the table in reference.md; as it should be it is in " + copy)
                .containsExactlyElementsOf(expected);
    }

    private static List<String> expected(String name) throws IOException {
        return switch (name) {
            case "component options" -> {
                Map<String, JsonNode> others = Metadata.section("componentProperties");
                others.keySet().removeAll(Metadata.section("properties").keySet());
                yield rows(others);
            }
            case "headers" -> Metadata.section("headers").entrySet().stream()
                    .map(header -> "| `%s` | %s | %s |".formatted(header.getKey(),
                            simple(header.getValue().path("javaType").asText()),
                            header.getValue().path("description").asText())).toList();
            default -> {
                Map<String, JsonNode> options = Metadata.section("properties");
                options.values().removeIf(option -> !name.equals(group(option) + " options"));
                yield rows(options);
            }
        };
    }

    @Test
    void everyOptionIsInOneOfItsGroups() throws IOException {
        assertThat(Metadata.section("properties").values()).extracting(ReadmeTest::group).isSubsetOf(GROUPS);
    }

    @Test
    void theOptionsThatTheComponentHasNotAreNamed() throws IOException {
        Map<String, JsonNode> endpoint = Metadata.section("properties");
        endpoint.keySet().removeAll(Metadata.section("componentProperties").keySet());
        String said = Page.manual("reference").section("Of the component only");
        String sentence = said.substring(said.indexOf("all of these but"), said.indexOf(", and these"));
        assertThat(Pattern.compile("`(\\w+)`").matcher(sentence).results().map(each -> each.group(1)))
                .containsExactlyInAnyOrderElementsOf(endpoint.keySet());
    }

    private static String group(JsonNode option) {
        String group = option.path("group").asText();
        return group.contains("advanced") ? "advanced" : group.equals("proxy") ? "common" : group;
    }

    @Test
    void everyMeterIsNamed() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("meters", meters))
                .add("listening", ListeningRoute.uri("http://127.0.0.1:1", "alice", "metersPerAgent=true")).start()) {
            String operating = Page.manual("operating").text();
            assertThat(meters.getMeters()).hasSizeGreaterThan(10).extracting(meter -> meter.getId().getName())
                    .allMatch(name -> operating.contains("`" + name + "`"));
        }
    }

    @Test
    void theFirstTwoCommandsRunTheDemoAndTheTests() throws IOException {
        List<String> commands = Pattern.compile("```(?:sh|bash)\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Page.readme().text()).results().map(match -> match.group(1)).toList();
        assertThat(commands.get(0)).isEqualTo("mvn -q test-compile exec:java");
        assertThat(commands.get(1)).isEqualTo("mvn -B verify -Pruntimes");
    }

    @ParameterizedTest
    @ValueSource(strings = { "java", "xml", "yaml" })
    void theRoutesCanBeRun(String language) throws Exception {
        String code = Pattern.compile("```" + language + "\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Page.manual("recipes").text()).results().map(match -> match.group(1))
                .filter(each -> each.contains("imsession:alice") && each.contains("alice.password.file"))
                .findFirst().orElseThrow();
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
        String section = Page.manual("testing").text();
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
    void eachSentenceOfTheContractIsHeldByTestsThatThereAre() throws Exception {
        String contract = Page.manual("guarantee").section("What is promised");
        List<MatchResult> sentences = Pattern.compile("^(\\d)\\. \\*\\*(.*?)(?=^\\d\\. |\\z)",
                Pattern.DOTALL | Pattern.MULTILINE).matcher(contract).results().toList();
        assertThat(sentences).extracting(sentence -> sentence.group(1))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
        for (MatchResult sentence : sentences) {
            List<Path> tests = Pattern.compile("]\\(../../(test/java/[^)]+Test\\.java)\\)").matcher(sentence.group(2))
                    .results().map(link -> Path.of("src", link.group(1))).toList();
            assertThat(tests).as("tests of sentence " + sentence.group(1)).isNotEmpty();
            for (Path test : tests) {
                assertThat(Files.readString(test)).as(test.toString()).containsPattern("@(Parameterized)?Test\\b");
            }
        }
    }

    private static List<String> rows(Map<String, JsonNode> options) {
        return options.entrySet().stream().map(option -> "| `%s` | %s | %s | %s |".formatted(option.getKey(),
                typeOf(option.getKey(), option.getValue()), defaultOf(option.getValue()),
                shortened(option.getValue().path("description").asText()))).toList();
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
        return value.isEmpty() ? "" : '`' + value + '`';
    }

    private static String typeOf(String name, JsonNode option) {
        if (option.has("enum")) {
            List<String> words = new ArrayList<>();
            option.path("enum").forEach(word -> words.add('`' + word.asText() + '`'));
            return String.join(", ", words);
        }
        String type = option.path("type").asText();
        return switch (type) {
            case "duration" -> "duration, ms";
            case "integer", "number" -> "number, " + Objects.requireNonNull(UNITS.get(name), name);
            case "object" -> "bean, `" + simple(option.path("javaType").asText().replaceAll("<.*", "")) + '`';
            case "string" -> "text";
            default -> type;
        };
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The rows between {@code <!-- name -->} and the end of the table. */
    private static List<String> table(String name) throws IOException {
        MatchResult table = Pattern.compile("<!-- " + name + " -->\\n\\|.*\\n\\|[-|]*\\n((?:\\|.*\\n)*)")
                .matcher(Page.manual("reference").text()).results().findFirst().orElseThrow();
        return Stream.of(table.group(1).split("\\n")).toList();
    }
}
