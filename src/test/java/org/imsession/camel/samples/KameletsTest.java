package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.crash.ChildJvm;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The Kamelets in the jar: complete for tools, and a route of three lines that goes on after a kill -9. */
class KameletsTest {

    private static final List<String> NAMES = List.of("im-source", "im-send-sink");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(\\w+)}}");
    /** Such as an address does not take as it is. */
    private static final String PASSWORD = "p+w &%41#\u00e9";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMinutes(5)))
            .agent("alice", PASSWORD).agent("bob", "secret");

    @TempDir
    Path folder;

    private static JsonNode kamelet(String name) throws IOException {
        try (InputStream in = IMSessionComponent.class.getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
            return new YAMLMapper().readTree(in);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void eachHasWhatToolsShow(String name) throws Exception {
        JsonNode kamelet = kamelet(name);
        assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type").asText())
                .isEqualTo(name.replaceAll(".*-", ""));
        assertThat(kamelet.at("/metadata/annotations/camel.apache.org~1kamelet.icon").asText())
                .startsWith("data:image/svg+xml;base64,");
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).endsWith(".");
        definition.path("properties").properties().forEach(each -> {
            assertThat(each.getValue().path("title").asText()).as(each.getKey()).isNotBlank();
            assertThat(each.getValue().path("description").asText()).as(each.getKey()).endsWith(".");
            assertThat(each.getValue().path("type").asText()).isIn("string", "boolean");
        });
        definition.path("required").forEach(each ->
                assertThat(definition.path("properties").has(each.asText())).isTrue());
        assertThat(definition.at("/properties/password/format").asText()).isEqualTo("password");
        assertThat(definition.at("/properties/password/x-descriptors").toString())
                .contains("urn:camel:group:credentials");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void eachNamesTheVersionOfTheJar(String name) throws Exception {
        Matcher version = Pattern.compile("<version>(.+)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(kamelet(name).at("/metadata/annotations/camel.apache.org~1catalog.version").asText())
                .isEqualTo(version.group(1));
        assertThat(kamelet(name).at("/spec/dependencies").toString())
                .contains("mvn:org.imsession:camel-imsession:" + version.group(1) + "\"");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void eachPropertyIsUsedAndEachPlaceholderIsOne(String name) throws Exception {
        JsonNode spec = kamelet(name).path("spec");
        Set<String> used = PLACEHOLDER.matcher(spec.path("template").toString()).results().map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>(spec.at("/definition/properties").properties().stream().map(Map.Entry::getKey)
                .toList());
        spec.at("/template/beans").forEach(bean -> there.add(bean.path("name").asText()));
        assertThat(used).isEqualTo(there);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void camelsCatalogTakesTheComponentAndTheOptionsThatItIsGiven(String name) throws Exception {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        try (InputStream in = IMSessionComponent.class.getResourceAsStream(
                "/META-INF/org/imsession/camel/imsession.json")) {
            catalog.addComponent("imsession", IMSessionComponent.class.getName(), new String(in.readAllBytes()));
        }
        JsonNode template = kamelet(name).at("/spec/template");
        JsonNode parameters = name.equals("im-source") ? template.at("/from/parameters")
                : template.at("/from/steps/0/to/parameters");
        String address = "imsession:alice?" + parameters.properties().stream()
                .filter(each -> !each.getKey().equals("agent"))
                .map(each -> each.getKey() + "=" + each.getValue().asText().replace("{{?", "{{"))
                .collect(Collectors.joining("&"));

        EndpointValidationResult result = catalog.validateEndpointProperties(address, false,
                name.equals("im-source"), name.equals("im-send-sink"));
        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
        assertThat(catalog.validateEndpointProperties(address + "&nonsense=1").isSuccess()).isFalse();
    }

    @Test
    void aRouteOfThreeLinesIsLiveAndGoesOnAfterAKill() throws Exception {
        Files.writeString(folder.resolve("chats.yaml"), """
                - from:
                    uri: kamelet:im-source/alice?agent=alice
                    steps: [{to: "file:texts?fileName=all.jsonl&fileExist=Append&appendChars=%0A"}]
                """);
        Files.writeString(Files.createDirectory(folder.resolve("secrets")).resolve("alice"), PASSWORD);
        Files.writeString(folder.resolve("application.properties"),
                "camel.main.routesIncludePattern = file:chats.yaml\n"
                        + "camel.kamelet.im-source.serverUrl = " + gws.url() + "\n"
                        + "camel.kamelet.im-source.passwordFile = secrets/alice\n");
        Process first = start();
        try {
            assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).as(this::log).isTrue();
            gws.agent("alice").session().says("before");
            await().atMost(PATIENCE).until(() -> written().contains("before"));
        } finally {
            first.destroyForcibly().waitFor();
        }
        gws.agent("alice").session().says("while it was away");
        Process second = start();
        try {
            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(written()).as(this::log).contains("while it was away"));
            assertThat(written()).doesNotContain("FeedGap");
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session").isEqualTo(1);
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void theSinkSaysWhatItIsGiven() throws Exception {
        SimulatedSession session = gws.agent("alice").talksTo("bob");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addInitialProperty("camel.kamelet.im-send-sink.serverUrl", gws.url());
            camel.getPropertiesComponent().addInitialProperty("camel.kamelet.im-send-sink.password", PASSWORD);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:named").to("kamelet:im-send-sink?agent=alice");
                    from("direct:fixed").to("kamelet:im-send-sink?agent=alice&sessionId=" + session.id());
                }
            });
            camel.start();
            camel.createProducerTemplate().sendBodyAndHeader("direct:named", "one", IMSessionConstants.TARGET_ID,
                    session.id());
            camel.createProducerTemplate().sendBody("direct:fixed", "two");
        }
        assertThat(gws.requests().bodies(Step.OPERATION).toString()).contains("\"one\"").contains("\"two\"");
    }

    private Process start() throws IOException {
        return ChildJvm.with("." + File.pathSeparator + absoluteClassPath(), List.of(),
                "org.apache.camel.main.Main").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start();
    }

    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path")).split(File.pathSeparator))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String written() throws IOException {
        Path file = folder.resolve("texts/all.jsonl");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
