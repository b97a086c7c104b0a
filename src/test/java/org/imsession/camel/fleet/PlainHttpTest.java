package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be read on its way is said once for each server, however many agents and contexts there are. */
class PlainHttpTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void plainHttpIsSaidOnceForEachServerThatIsNotThisMachine() throws Exception {
        for (int context = 0; context < 2; context++) {
            ListeningRoute.prepared()
                    .add("alice", ListeningRoute.uri("http://plain-1.invalid:8080", "alice"))
                    .add("bob", ListeningRoute.uri("http://plain-1.invalid:8080", "bob"))
                    .add("carol", ListeningRoute.uri("http://plain-2.invalid", "carol"))
                    .add("dave", ListeningRoute.uri("http://localhost:1", "dave"))
                    .add("erin", ListeningRoute.uri("https://plain-3.invalid", "erin")).start().close();
        }
        assertThat(log.with("IMS-015")).hasSize(2).allMatch(line -> line.contains("Use https"))
                .anyMatch(line -> line.contains("http://plain-1.invalid:8080"))
                .anyMatch(line -> line.contains("http://plain-2.invalid"));
    }
}
