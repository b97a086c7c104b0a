package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live page finds conversations that are over in the database, and opens them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // to start all the sample routes takes long
class SqlEndedTest {

    private static final String ZONE = "Pacific/Auckland";

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    static Path folder;
    private final HttpClient http = new HttpClient();
    private Database database;
    private SampleRoutes routes;
    private LiveClient page;

    @BeforeAll
    void haveOneConversationThatIsOverAndOneThatRuns() throws Exception {
        http.start();
        database = Database.start(folder);
        int port = SampleRoutes.freePort();
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.put("im.live.port", String.valueOf(port));
        routes = SampleRoutes.start(GWS, folder, database.settings() + ",file:routes/live/live.properties", properties);
        GWS.agent("alice").session().talks().says("Which colour?").hears("100% Green, as <b>ordered</b>").complete();
        GWS.agent("alice").session().talks().says("Which other colour?");
        await().atMost(SampleRoutes.PATIENCE).until(() -> database.count("select count(*) from im_texts") == 3);
        page = new LiveClient(http, port, port).start();
    }

    @AfterAll
    void stop() throws Exception {
        page.close();
        routes.close();
        database.close();
        http.stop();
    }

    private Map<String, Object> ask(String question, Map<String, Object> wanted) throws Exception {
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        ClientSessionChannel channel = page.bayeux().getChannel("/service/im/" + question);
        ClientSessionChannel.MessageListener listener = (any, message) -> {
            if (message.getData() != null) {
                answer.complete(message.getDataAsMap());
            }
        };
        channel.addListener(listener);
        channel.publish(wanted);
        try {
            return answer.get(SampleRoutes.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            channel.removeListener(listener);
        }
    }

    private List<Map<?, ?>> found(Map<String, Object> answer) {
        assertThat(answer).doesNotContainKey("problem");
        List<Map<?, ?>> rows = new ArrayList<>();
        Object found = answer.get("found");
        (found instanceof Object[] array ? List.of(array) : (List<?>) found).forEach(row -> rows.add((Map<?, ?>) row));
        return rows;
    }

    @ParameterizedTest
    @CsvSource({ "'','','',1", "alice,'','',1", "LIC,'','',1", "bob,'','',0", "'',3002,'',1", "'',30,'',1",
            "'',002,'',0", "'','',colour,1", "'','',COLOUR?,1", "'','',100%,1", "'','',%,1", "'','',_,0",
            "'','',other colour,0",
            "alice,3002,green,1", "alice,3002,blue,0", "'','','; drop table im_events; --',0", "'','','''',0" })
    void theyAreFoundByAgentNumberAndText(String agent, String number, String text, int count) throws Exception {
        List<Map<?, ?>> found = found(ask("search", Map.of("agent", agent, "number", number, "text", text)));
        assertThat(found).hasSize(count).allSatisfy(row -> {
            assertThat(row.get("agent")).isEqualTo("alice");
            assertThat(row.get("party")).isEqualTo("3002");
            assertThat(row.get("texts")).isEqualTo(2L);
        });
    }

    @Test
    void theyAreFoundByTheDayOfTheViewersZone() throws Exception {
        LocalDate today = LocalDate.now(ZoneId.of(ZONE));
        assertThat(found(ask("search", Map.of("day", today.toString(), "zone", ZONE)))).hasSize(1);
        assertThat(found(ask("search", Map.of("day", today.plusDays(1).toString(), "zone", ZONE)))).isEmpty();
        assertThat(found(ask("search", Map.of("day", today.minusDays(1).toString(), "zone", ZONE)))).isEmpty();
        assertThat(ask("search", Map.of("day", "yesterday"))).containsKey("problem");
        assertThat(ask("search", Map.of("day", today.toString(), "zone", "Mars/Base"))).containsKey("problem");
    }

    @Test
    void oneIsOpenedAsTextPageAndJson() throws Exception {
        Map<?, ?> row = found(ask("search", Map.of())).get(0);
        Map<String, Object> answer = ask("ended", Map.of("server", row.get("server"), "agent", "alice", "session",
                row.get("session"), "zone", ZONE));
        assertThat(answer).doesNotContainKey("problem");
        Map<?, ?> forms = (Map<?, ?>) answer.get("conversation");
        assertThat((String) forms.get("text")).contains("100% Green, as <b>ordered</b>", ZONE);
        assertThat((String) forms.get("html")).contains("100% Green, as &lt;b&gt;ordered&lt;/b&gt;")
                .doesNotContain("<b>ordered");
        assertThat((String) forms.get("json")).contains("\"text\":\"100% Green, as <b>ordered</b>\"");
        assertThat((String) forms.get("name")).matches("\\d\\d-\\d\\d alice - 3002 \\(....\\)");
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(ask("ended", Map.of("server", "https://other", "agent", "alice", "session", "none")))
                .containsKey("problem");
    }
}
