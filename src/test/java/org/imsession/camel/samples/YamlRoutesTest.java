package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.component.mock.MockEndpoint;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent and its sinks in YAML alone, the sample for HTTP as it is: what a host can have whose Camel brings neither
 * the XML nor the Java DSL. The address is written as visual editors write it, scheme and parameters apart.
 */
class YamlRoutesTest {

    private static final String MESSAGES = "alice.jsonl";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    @BeforeEach
    void writeTheRoutes() throws Exception {
        Files.writeString(folder.resolve("routes.yaml"), """
                - routeTemplate:
                    id: im-split
                    parameters:
                      - name: agent
                      - name: passwordProperty
                    from:
                      uri: imsession
                      parameters:
                        agent: "{{agent}}"
                        serverUrl: "{{im.server}}"
                        password: "#property:{{passwordProperty}}"
                        ackFailed: false
                        stateRepository: "#imSessions"
                      steps:
                        - to: "{{yaml.sink}}"
                - route:
                    from:
                      uri: direct:file
                      steps:
                        - to:
                            uri: file
                            parameters:
                              directoryName: "{{im.file.dir}}"
                              fileName: "${header.CamelIMSessionAgentFileName}.jsonl"
                              fileExist: Append
                              appendChars: "\\n"
                - route:
                    from:
                      uri: direct:jms
                      steps:
                        - convertBodyTo: { type: String }
                        - to: jms:queue:texts?jmsMessageType=Text
                """);
        Files.writeString(folder.resolve("receiver.yaml"), """
                - route:
                    from:
                      uri: jms:queue:texts
                      steps:
                        - to: mock:received
                """);
    }

    /** @param more files of routes, each with a comma before it */
    private SampleRoutes start(String sink, String more, Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(properties);
        all.put("yaml.sink", sink);
        all.put("camel.main.routes-include-pattern", "file:" + folder.resolve("routes.yaml") + more);
        all.put("camel.component.jms.connection-factory", "#bean:imBroker");
        all.put("camel.beans.imBroker.brokerURL", "vm://yaml?broker.persistent=false&broker.useJmx=false");
        SampleRoutes routes = SampleRoutes.begin(gws, folder, all);
        assertThat(gws.agent("alice").awaitSubscribed(SampleRoutes.PATIENCE)).isTrue();
        return routes;
    }

    @Test
    void textsArriveInFilesAndWhatIsSaidDuringARestartFollows() throws Exception {
        try (SampleRoutes routes = start("direct:file", "", Map.of())) {
            gws.agent("alice").session().says("one");
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(MESSAGES).toString().contains("\"one\""));
        }
        gws.agent("alice").session().says("two");
        try (SampleRoutes routes = start("direct:file", "", Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> routes.lines(MESSAGES).toString().contains("\"two\""));
            assertThat(routes.lines(MESSAGES).toString()).doesNotContain("FeedGap");
        }
    }

    @Test
    void textsArriveByHttpAlsoIfTheServiceRefusesAtFirst() throws Exception {
        try (HttpService service = new HttpService().answersFirst(500);
             SampleRoutes routes = start("direct:http", ",file:routes/yaml/http.yaml",
                     Map.of("im.http.url", service.url(), "im.http.retry-delay", "1"))) {
            gws.agent("alice").session().says("one");

            String refused = service.take().body();
            assertThat(refused).contains("\"specversion\"");
            assertThat(service.take().body()).as("once more").isEqualTo(refused);
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(routes.deadLetters("http.jsonl")).isEmpty();
        }
    }

    @Test
    void textsArriveByJmsAsTextMessages() throws Exception {
        try (SampleRoutes routes = start("direct:jms", ",file:" + folder.resolve("receiver.yaml"), Map.of())) {
            MockEndpoint received = routes.context().getEndpoint("mock:received", MockEndpoint.class);
            gws.agent("alice").session().says("one");

            await().atMost(SampleRoutes.PATIENCE).untilAsserted(() -> assertThat(received.getReceivedExchanges())
                    .extracting(each -> each.getMessage().getBody(String.class))
                    .anySatisfy(body -> assertThat(body).contains("\"one\"")));
        }
    }

    /** With {@code camel.threads.virtual.enabled}, from Java 21 on. */
    @Test
    void routesRunOnVirtualThreadsWhereCamelIsToldToUseThem() throws Exception {
        try (SampleRoutes routes = start("mock:run", "", Map.of())) {
            AtomicReference<Boolean> virtual = new AtomicReference<>();
            routes.context().getEndpoint("mock:run", MockEndpoint.class).whenAnyExchangeReceived(exchange ->
                    virtual.set(isVirtual(Thread.currentThread())));
            gws.agent("alice").session().says("one");

            await().atMost(SampleRoutes.PATIENCE).until(() -> virtual.get() != null);
            assertThat(virtual).hasValue(Boolean.getBoolean("camel.threads.virtual.enabled")
                    && Runtime.version().feature() >= 21);
        }
    }

    /** The method is of Java 21. */
    private static boolean isVirtual(Thread thread) throws Exception {
        return Runtime.version().feature() >= 21 && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
