package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.imsession.camel.pages.Page;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code imsession:} URI that a newcomer may copy is one that the component understands. */
class SampleUrisTest {

    private static final Pattern URI = Pattern.compile("(?<![\\w.])imsession:[\\w{][^\\s\"'`<]*");
    /** Names of data type transformers, and what the pages say about the scheme. */
    private static final Pattern NO_ENDPOINT = Pattern.compile("imsession:(application-|\\{\\{im\\.|agent\\[).*");

    @TestFactory
    Stream<DynamicTest> everyUriIsValid() throws IOException {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("imsession", "org.imsession.camel.IMSessionComponent", Metadata.json());
        return files().stream().flatMap(file -> uris(file).map(uri -> DynamicTest.dynamicTest(
                file + ": " + uri, () -> {
                    EndpointValidationResult result = catalog.validateEndpointProperties(uri);
                    assertThat(result.isSuccess()).as(result.summaryErrorMessage(true)).isTrue();
                })));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> routes = Files.walk(Path.of("routes"))) {
            return Stream.concat(Page.all().stream().map(Page::path), routes.filter(Files::isRegularFile)).toList();
        }
    }

    private static Stream<String> uris(Path file) {
        try {
            return URI.matcher(Files.readString(file).replace("&amp;", "&")).results()
                    .map(match -> match.group().replaceAll("[,.;:)]+$", ""))
                    .filter(uri -> !NO_ENDPOINT.matcher(uri).matches()).distinct();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
