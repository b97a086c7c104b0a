package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRouteFilesTest {

    @ParameterizedTest
    @ValueSource(strings = { "<!ENTITY x SYSTEM '%s'>", "<!ENTITY x 'text of %s'>" })
    void anEntityInARouteFileIsRefused(String entity, @TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        String xml = "<!DOCTYPE camel [" + entity.formatted(secret.toUri()) + "]>"
                + "<camel><route><from uri=\"direct:a\"/><setBody><constant>&x;</constant></setBody></route></camel>";
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(() -> PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("hostile.xml", xml))).hasStackTraceContaining("entity");
        }
    }
}
