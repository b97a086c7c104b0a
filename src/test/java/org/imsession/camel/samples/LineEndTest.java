package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the sample routes append to a file ends with a line feed. Written as backslash and n it became a letter n on
 * Camel 4.14, in Java, YAML and wherever an address is computed.
 */
class LineEndTest {

    private static final String TWO_LINES = "(?:[^\\n]*}\\n){2}";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    @Test
    void eachEventIsALineOfItsFile() throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of())) {
            for (int i = 0; i < 2; i++) {
                gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE)
                        .sendRaw("{\"messageType\":\"NewKind\"}");
            }
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(routes.allFiles()).hasSize(3);
            for (String name : routes.allFiles()) {
                assertThat(Files.readString(routes.files().resolve(name))).as(name).matches(TWO_LINES);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http", "http-java" })
    void eachDeadLetterIsALineOfItsFile(String sink) throws Exception {
        try (HttpService service = new HttpService().answersFirst(500, 500);
                SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of("im.to.messages", "direct:" + sink,
                        "im.http.url", service.url(), "im.http.retries", "0"))) {
            gws.agent("alice").sendRaw(Documented.MESSAGE).sendRaw(Documented.MESSAGE);
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(Files.readString(folder.resolve("dead-letter/" + sink + ".jsonl"))).matches(TWO_LINES);
        }
    }
}
