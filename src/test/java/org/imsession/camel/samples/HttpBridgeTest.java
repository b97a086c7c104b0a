package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.main.Main;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the bridge that hands over by HTTP, as they are, and an HTTP service that stands for the ESB. */
class HttpBridgeTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;

    private HttpService esb;
    private Main bridge;

    @BeforeEach
    void start() throws Exception {
        esb = new HttpService();
        bridge = new Main();
        bridge.setPropertyPlaceholderLocations("file:routes/bridge/http.properties");
        bridge.addOverrideProperty("im.server", gws.url());
        bridge.addOverrideProperty("camel.route-template[im-agent].agent", "alice");
        bridge.addOverrideProperty("im.password", "secret");
        bridge.addOverrideProperty("im.state-dir", folder.resolve("sessions").toString());
        bridge.addOverrideProperty("im.http.url", esb.url());
        bridge.addOverrideProperty("im.http.retry-delay", "20");
        bridge.addOverrideProperty("im.http.retry-delay-max", "100");
        bridge.addOverrideProperty("im.http.dead-letter-dir", folder.resolve("dead-letter").toString());
        bridge.start();
        assertThat(gws.awaitRequest(Step.SNAPSHOT, 1, SampleRoutes.PATIENCE)).isTrue();
    }

    @AfterEach
    void stop() {
        bridge.stop();
        esb.close();
    }

    @Test
    void everythingIsPostedAsCloudEvents() throws Exception {
        gws.agent("alice").sendRaw(Documented.STATE_CHANGE).sendRaw(Documented.MESSAGE)
                .sendRaw("{\"messageType\":\"NewKind\"}");
        assertThat(type(esb.take())).isEqualTo("org.imsession.IMSessionStateChangeMessage");
        HttpService.Post text = esb.take();
        JsonNode event = JSON.readTree(text.body());
        assertThat(event.path("source").asText()).endsWith("/alice");
        assertThat(event.path("data")).isEqualTo(JSON.readTree(Documented.MESSAGE));
        assertThat(text.idempotencyKey()).isEqualTo("alice-" + event.path("id").asText());
        assertThat(type(esb.take())).isEqualTo("org.imsession.NewKind");
    }

    /** More often than any number of retries that somebody would set. */
    @Test
    void nothingIsLostOrOvertakenWhileTheEsbRefuses() throws Exception {
        Integer[] refusals = new Integer[12];
        Arrays.fill(refusals, 503);
        esb.answersFirst(refusals);
        gws.agent("alice").session().says("first").says("second");
        List<String> taken = new ArrayList<>();
        while (!taken.contains("second")) {
            taken.add(JSON.readTree(esb.take().body()).at("/data/message").asText("a state change"));
        }
        assertThat(taken).filteredOn(each -> !each.equals("a state change")).containsExactly("first", "second");
        await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
        assertThat(folder.resolve("dead-letter/http.jsonl")).doesNotExist();
    }

    private static String type(HttpService.Post post) throws Exception {
        return JSON.readTree(post.body()).path("type").asText();
    }
}
