package org.imsession.camel.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imsession.camel.IMSessionComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers by which Karaf wires the jar: wide enough for every Camel that its class files run on. */
class ManifestTest {

    private static final List<String> OWN_RANGE = List.of("org.apache.camel", "org.cometd", "org.eclipse.jetty",
            "com.fasterxml.jackson", "tools.jackson", "org.slf4j", "org.osgi.framework", "org.springframework",
            "io.micrometer", "jakarta.mail", "jakarta.activation", "java.", "javax.net.ssl",
            "javax.security.auth.x500");

    /** A package and its directives and attributes, some of which have commas in quotes. */
    private record Clause(String name, String rest) {

        private static final Pattern SYNTAX = Pattern.compile(
                "([\\w.]+)((?:;[\\w-]+:?=(?:\"[^\"]*\"|[^;,\"]*))*)(?:,|$)");

        static List<Clause> of(String header) {
            List<Clause> clauses = new ArrayList<>();
            Matcher matcher = SYNTAX.matcher(header);
            for (int at = 0; at < header.length(); at = matcher.end()) {
                assertThat(matcher.find(at) && matcher.start() == at).as("readable from %d: %s", at, header).isTrue();
                clauses.add(new Clause(matcher.group(1), matcher.group(2)));
            }
            return clauses;
        }

        boolean isOptional() {
            return rest.contains(";resolution:=optional");
        }
    }

    private static final String TRACERS = "org.apache.camel.telemetry";

    private static String header(String name) throws Exception {
        Path classes = Path.of(IMSessionComponent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            Attributes headers = new Manifest(in).getMainAttributes();
            return headers.getValue(name) == null ? "" : headers.getValue(name);
        } catch (IOException e) {
            throw new IllegalStateException("The build writes the manifest before the tests run", e);
        }
    }

    private static List<Clause> imports(String prefix) throws Exception {
        return Clause.of(header("Import-Package")).stream().filter(each -> each.name().startsWith(prefix)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "org.apache.camel|[4.14,5)", "org.cometd|[8.0,10)",
        "org.eclipse.jetty|[12,13)", "com.fasterxml.jackson|[2.15,3)", "org.slf4j|[1.7,3)" })
    void whatIsNeededIsImportedInEveryVersionThatServes(String prefix, String range) throws Exception {
        List<Clause> needed = imports(prefix).stream().filter(each -> !each.name().startsWith(TRACERS)).toList();
        assertThat(needed).isNotEmpty().allSatisfy(each -> {
            assertThat(each.rest()).contains(";version=\"" + range + "\"");
            assertThat(each.isOptional()).as(each.name()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({ TRACERS, "org.osgi.framework", "org.springframework", "io.micrometer", "jakarta.mail",
        "jakarta.activation", "tools.jackson" })
    void whatOneRuntimeAloneHasIsOptional(String prefix) throws Exception {
        assertThat(imports(prefix)).isNotEmpty().allMatch(Clause::isOptional);
    }

    @Test
    void nothingElseIsImported() throws Exception {
        assertThat(imports("")).extracting(Clause::name)
                .allMatch(name -> OWN_RANGE.stream().anyMatch(name::startsWith));
    }

    /** Else the framework might wire a new jar to the packages of the old one, while it is replaced. */
    @Test
    void thePackagesOfTheApiAreExportedAndNoneIsImported() throws Exception {
        assertThat(Clause.of(header("Export-Package"))).extracting(Clause::name)
                .containsExactlyInAnyOrder("org.imsession.camel", "org.imsession.camel.spi",
                        "org.imsession.camel.model", "org.imsession.camel.converter", "org.imsession.camel.store",
                        "org.imsession.camel.conversation");
        assertThat(imports("org.imsession")).isEmpty();
    }

    @Test
    void theContainerNeedsNothingButJava17() throws Exception {
        assertThat(header("Bundle-SymbolicName")).isEqualTo("org.imsession.camel-imsession");
        assertThat(header("Require-Capability"))
                .isEqualTo("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"");
        assertThat(header("Provide-Capability")).isEmpty();
    }
}
