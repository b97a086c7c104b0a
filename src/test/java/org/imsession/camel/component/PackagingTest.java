package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.IMSessionComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jar beside classes: by it Camel, Karaf and tools find the component. */
class PackagingTest {

    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private static Path classes() {
        try {
            return Path.of(IMSessionComponent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Path> services() throws IOException {
        try (Stream<Path> files = Files.walk(classes().resolve("META-INF/services"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(properties|json)")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyClassThatAServiceFileNamesCanBeLoaded(Path file) throws Exception {
        List<String> names = Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.startsWith("class=") ? line.substring("class=".length()) : line).toList();
        assertThat(names).isNotEmpty();
        for (String name : names) {
            assertThat(Class.forName(name).getPackageName()).startsWith("org.imsession.camel");
        }
    }

    @ParameterizedTest
    @CsvSource({ "component/imsession", "configurer/imsession-component", "configurer/imsession-endpoint",
            "configurer/org.imsession.camel.IMSessionConfiguration", "urifactory/imsession-endpoint",
            "dev-console/imsession", "TypeConverterLoader", "transformer/imsession-application-json",
            "transformer/imsession-application-cloudevents" })
    void noServiceIsMissing(String service) {
        assertThat(classes().resolve(SERVICES + service)).isRegularFile();
    }

    @ParameterizedTest
    @CsvSource({ "transformer, services/org/apache/camel/transformer.properties, transformers,"
            + " services/org/apache/camel/transformer/",
            "dev-console, services/org/apache/camel/dev-consoles.properties, dev-consoles,"
            + " org/apache/camel/dev-console/" })
    void eachTransformerAndTheConsoleAreShownToCamelsTools(String services, String list, String key, String described)
            throws Exception {
        Path metaInf = classes().resolve("META-INF");
        Properties listed = new Properties();
        try (InputStream in = Files.newInputStream(metaInf.resolve(list))) {
            listed.load(in);
        }
        try (Stream<Path> files = Files.list(classes().resolve(SERVICES + services))) {
            List<String> names = files.map(file -> file.getFileName().toString()).filter(name -> !name.contains("."))
                    .sorted().toList();
            assertThat(Stream.of(listed.getProperty(key).split(" ")).map(name -> name.replace(':', '-')).sorted())
                    .isEqualTo(names);
            assertThat(names).allSatisfy(name ->
                    assertThat(metaInf.resolve(described + name + ".json")).content().contains("\"description\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "spring.factories",
            "spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports" })
    void everyClassThatIsNamedToSpringCanBeMade(String file) throws Exception {
        List<String> names = Files.readAllLines(classes().resolve("META-INF").resolve(file)).stream()
                .filter(line -> !line.startsWith("#")).map(line -> line.substring(line.indexOf('=') + 1)).toList();
        assertThat(names).isNotEmpty();
        for (String name : names) {
            Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            assertThat(constructor.newInstance().getClass().getPackageName())
                    .isEqualTo("org.imsession.camel.springboot");
        }
    }

    @Test
    void theComponentIsListedForTools() throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(classes().resolve(SERVICES + "component.properties"))) {
            properties.load(in);
        }
        assertThat(properties).containsEntry("components", "imsession").containsEntry("groupId", "org.imsession")
                .containsEntry("artifactId", "camel-imsession");
    }

    @Test
    void theMetadataDescribesEveryOptionAndMarksWhatIsSecret() {
        assertThat(Option.metadata().at("/component/scheme").asText()).isEqualTo("imsession");
        for (String group : List.of("properties", "componentProperties", "headers")) {
            Option.metadata().get(group).properties().forEach(option -> {
                assertThat(option.getValue().path("description").asText()).as(option.getKey()).hasSizeGreaterThan(10);
                boolean secret = option.getKey().toLowerCase(java.util.Locale.ROOT).endsWith("password");
                assertThat(option.getValue().path("secret").asBoolean()).as(option.getKey()).isEqualTo(secret);
            });
        }
        assertThat(Option.metadata().get("headers").properties()).isNotEmpty()
                .allMatch(header -> header.getKey().startsWith("CamelIMSession")
                        || header.getKey().equals("CamelMessageTimestamp"));
    }

    @Test
    void camelItselfFindsTheMetadataAndBuildsUris() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.start();
            assertThat(context.getComponentParameterJsonSchema("imsession")).contains("\"scheme\": \"imsession\"");
            String uri = context.getCamelContextExtension().getEndpointUriFactory("imsession")
                    .buildUri("imsession", Map.of("agent", "alice", "password", "a&b", "keepAlive", "5s"));
            assertThat(uri).isEqualTo("imsession:alice?keepAlive=5s&password=RAW(a&b)");
        }
    }
}
