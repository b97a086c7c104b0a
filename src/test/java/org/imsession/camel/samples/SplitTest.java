package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "hush&hush");
    @TempDir
    Path folder;

    @Test
    void allSinksRunAtOnceAndEachGetsEveryEvent() throws Exception {
        try (HttpService service = new HttpService(); SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of(
                "im.to.state-changes",
                "direct:file-state-changes,direct:jms-state-changes,direct:http,direct:http-java",
                "im.to.messages", "direct:file-messages,direct:jms-messages,direct:http,direct:http-java",
                "im.http.url", service.url()))) {
            gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);

            assertThat(service.take().body()).contains("favColor");
            assertThat(service.take().body()).contains("favColor");
            assertThat(service.take().body()).contains("my first message");
            assertThat(service.take().body()).contains("my first message");
            assertThat(routes.allFiles()).hasSize(2);
            for (String queue : new String[] { "im.state-changes", "im.messages" }) {
                assertThat(routes.context().createConsumerTemplate().receive("im-jms:queue:" + queue, 5000))
                        .isNotNull();
            }
        }
    }

    @Test
    void nothingIsAcknowledgedBeforeTheLastSinkIsDone() throws Exception {
        try (HttpService service = new HttpService().answersFirst(500, 500, 500, 500);
             SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of(
                "im.to.messages", "direct:file-messages,direct:http", "im.http.url", service.url(),
                "im.http.retries", "100", "im.http.retry-delay", "50"))) {
            gws.agent("alice").sendRaw(Documented.MESSAGE);

            for (int attempt = 1; attempt <= 4; attempt++) {
                service.take();
                assertThat(gws.agent("alice").queued()).as("kept by the server").isEqualTo(1);
            }
            service.take();
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(routes.lines("messages/alice/" + Documented.SESSION + ".jsonl")).hasSize(1);
        }
    }

    @Test
    void whatIsSentWhileTheRoutesRestartArrivesAfterwards() throws Exception {
        SampleRoutes.start(gws, folder, Map.of()).close();
        gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE);
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() ->
                    routes.lines("messages/alice/" + Documented.SESSION + ".jsonl").size() == 1);
            assertThat(routes.lines("state-changes/alice/" + Documented.SESSION + ".jsonl")).isNotEmpty();
            assertThat(routes.lines("unknown/alice.jsonl")).as("gaps").isEmpty();
        }
    }

    @Test
    void anotherAgentIsAnotherBlockOfProperties() throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of(
                "camel.route-template[im-bob].template-id", "im-split",
                "camel.route-template[im-bob].agent", "bob",
                "camel.route-template[im-bob].passwordProperty", "bobs.password", "bobs.password", "hush&hush"))) {
            assertThat(gws.agent("bob").awaitSubscribed(SampleRoutes.PATIENCE)).isTrue();
            var session = gws.agent("alice").talksTo("bob").says("Hello");
            await().atMost(SampleRoutes.PATIENCE).until(() ->
                    routes.lines("messages/bob/" + session.id() + ".jsonl").size() == 1);
            await().atMost(SampleRoutes.PATIENCE).until(() ->
                    routes.lines("messages/alice/" + session.id() + ".jsonl").size() == 1);
        }
    }

    @Test
    void noPasswordIsInAnAddressThatADumpOfTheRoutesShows() throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, Map.of(
                "camel.route-template[im-agent].agent", "bob",
                "im.password", "hush&hush"))) {
            assertThat(gws.agent("bob").subscribers()).isEqualTo(1);
            assertThat(routes.context().getEndpoints()).extracting(Endpoint::getEndpointUri)
                    .anyMatch(uri -> uri.startsWith("imsession:")).noneMatch(uri -> uri.contains("hush"));
        }
    }
}
