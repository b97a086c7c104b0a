package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code routes/sql} writes into a database: H2, and PostgreSQL with {@code -Dimsession.database=postgresql}. */
class SqlSinkTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    Path folder;
    private Database database;

    @BeforeEach
    void startDatabase() throws Exception {
        database = Database.start(folder);
    }

    @AfterEach
    void closeDatabase() throws Exception {
        database.close();
    }

    @Test
    void aConversationIsKeptEventByEvent() throws Exception {
        try (SampleRoutes routes = start()) {
            var session = gws.agent("alice").session().talks().says("Hello").hears("Green it is");
            session.complete();
            awaitCount("im_events", 4);
            assertThat(database.query("select agent, number, session_id, message_type, origin from im_events"
                    + " order by id")).isEqualTo(List.of(
                            List.of("alice", 0L, session.id(), "IMSessionStateChangeMessage", "live"),
                            List.of("alice", 1L, session.id(), "IMLogUpdateMessage", "live"),
                            List.of("alice", 2L, session.id(), "IMLogUpdateMessage", "live"),
                            List.of("alice", 3L, session.id(), "IMSessionStateChangeMessage", "live")));
            assertThat(database.query("select text from im_texts order by received_at, sequence"))
                    .isEqualTo(List.of(List.of("Hello"), List.of("Green it is")));
            assertThat(database.query("select agent, session_id, legal_hold, built_event_id,"
                    + " completed_at is not null, last_event_id = (select max(id) from im_events)"
                    + " from im_conversations"))
                    .isEqualTo(List.of(List.of("alice", session.id(), false, -1L, true, true)));
            assertThat(database.count("select count(*) from im_holes")).isZero();
        }
    }

    /** camel-sql takes a parameter from the members of a body before it looks at headers. */
    @Test
    void aMemberThatIsCalledLikeAHeaderIsNotTakenForIt() throws Exception {
        try (SampleRoutes routes = start(Map.of("im.to.messages", "direct:sql,seda:behind"))) {
            var session = gws.agent("alice").session().talks();
            gws.agent("alice").sendRaw(JSON.writeValueAsString(Map.of("messageType", "IMLogUpdateMessage",
                    "notificationType", "LogUpdate", "imSessionPath", "/im-sessions/" + session.id(),
                    "message", "Hello", "CamelIMSessionAgent", "mallory", "CamelIMSessionSequence", "1",
                    "CamelIMSessionServerUrl", "http://mallory", "CamelIMSessionOrigin", "replay")));
            awaitCount("im_texts", 1);
            assertThat(database.query("select agent, session_id, text from im_texts"))
                    .isEqualTo(List.of(List.of("alice", session.id(), "Hello")));
            assertThat(database.query("select agent, origin, count(*) from im_events group by agent, origin"))
                    .isEqualTo(List.of(List.of("alice", "live", 2L)));
            assertThat(routes.context().createConsumerTemplate()
                    .receiveBody("seda:behind", SampleRoutes.PATIENCE.toMillis()))
                    .as("what the next sink gets").isInstanceOf(IMLogUpdateMessage.class);
        }
    }

    /** It was told each five seconds, as a database that does not answer. */
    @Test
    void aDriverThatIsNotThereIsNamedAtTheStart() throws Exception {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(database.settings().replaceAll(".*file:", "")))) {
            settings.load(file);
        }
        assertThat(settings.getProperty("camel.beans.imDatabase.driverClassName")).as(database.settings())
                .isEqualTo(DriverManager.getDriver(database.properties().get("camel.beans.imDatabase.jdbcUrl"))
                        .getClass().getName());
        assertThatThrownBy(() -> start(Map.of("camel.beans.imDatabase.driverClassName", "com.example.NoDriver")))
                .hasMessageContaining("driverClassName").hasMessageContaining("com.example.NoDriver");
    }

    /** A step behind the database fails, so the event comes again, and the database has it already. */
    @Test
    void whatComesAgainIsKeptOnce() throws Exception {
        AtomicInteger arrivals = new AtomicInteger();
        try (SampleRoutes routes = start(Map.of("im.to.messages", "direct:sql,direct:behind"))) {
            routes.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:behind").process(exchange -> {
                        if (arrivals.incrementAndGet() % 2 == 1) {
                            throw new IllegalStateException("not the first time");
                        }
                    });
                }
            });
            gws.agent("alice").session().talks().says("one").says("two").says("three");
            await().atMost(SampleRoutes.PATIENCE).until(() -> arrivals.get() == 6);
            await().atMost(SampleRoutes.PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            assertThat(database.query("select text from im_texts order by sequence"))
                    .isEqualTo(List.of(List.of("one"), List.of("two"), List.of("three")));
            assertThat(database.count("select count(*) from im_events")).isEqualTo(4);
        }
    }

    /** A column is away: nothing of the event is left, and it is there whole when the table is back. */
    @Test
    void anEventIsKeptWholeOrNotAtAll() throws Exception {
        try (SampleRoutes routes = start()) {
            var session = gws.agent("alice").session().talks();
            awaitCount("im_events", 1);
            long before = database.count("select last_event_id from im_conversations");
            database.update("alter table im_texts rename column text to away");
            session.says("Hello");
            await().atMost(SampleRoutes.PATIENCE).until(() -> failures(routes) > 1);
            assertThat(database.count("select count(*) from im_events")).isEqualTo(1);
            assertThat(database.count("select last_event_id from im_conversations")).isEqualTo(before);
            database.update("alter table im_texts rename column away to text");
            awaitCount("im_texts", 1);
            assertThat(database.count("select count(*) from im_events")).isEqualTo(2);
            assertThat(database.count("select last_event_id from im_conversations")).isGreaterThan(before);
        }
    }

    @Test
    void textsOfAnyKindAreKeptAsTheyAre() throws Exception {
        List<String> texts = List.of("it's ?:#1 #x :name ${body} {{im.server}}", "\u0000\u001b[2J\u202e",
                "\ud83d\ude00 \u00fc \\ \"",
                "'; drop table im_events; --", "x".repeat(100_000), "");
        try (SampleRoutes routes = start()) {
            var session = gws.agent("alice").session().talks();
            texts.forEach(session::says);
            awaitCount("im_texts", texts.size());
            assertThat(database.query("select text from im_texts order by length(sequence), sequence"))
                    .isEqualTo(texts.stream().map(text -> List.<Object>of(text.replace('\u0000', '\ufffd'))).toList());
            List<List<Object>> rows = database.query("select json from im_events where number > 0 order by id");
            for (int i = 0; i < texts.size(); i++) {
                assertThat(JSON.readTree((String) rows.get(i).get(0)).path("message").asText()).isEqualTo(texts.get(i));
            }
        }
    }

    @Test
    void aGapIsKeptWithItsWindowAndWhatNobodyUnderstandsWithItsText() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw("{\"messageType\":\"NewKind\",\"value\":1}").sendRaw("[1]");
            awaitCount("im_events", 2);
            gws.restart();
            awaitCount("im_gaps", 1);
            assertThat(database.query("select message_type, number from im_events order by id"))
                    .isEqualTo(List.of(List.of("NewKind", 0L), List.of("", 1L), Arrays.asList("FeedGap", null)));
            assertThat(database.query("select g.agent, g.reason, g.certainty, g.from_at <= g.to_at, e.origin"
                    + " from im_gaps g join im_events e on e.server = g.server and e.agent = g.agent"
                    + " and e.sequence = g.sequence"))
                    .isEqualTo(List.of(List.of("alice", "SESSION_LOST", "POSSIBLE", true, "gap")));
            assertThat(database.count("select count(*) from im_conversations")).isZero();
        }
    }

    /** Else it would come again for ever, and everything behind it would wait. */
    @Test
    void whatTheDatabaseRefusesIsPutAsideAndNoted() throws Exception {
        String id = "x".repeat(300);
        try (SampleRoutes routes = start()) {
            gws.agent("alice").sendRaw(JSON.writeValueAsString(Map.of("messageType", "IMLogUpdateMessage",
                    "notificationType", "LogUpdate", "imSessionPath", "/im-sessions/" + id, "message", "refused")));
            gws.agent("alice").session().talks().says("Hello");
            awaitCount("im_events", 2);
            assertThat(database.query("select agent, first_number, last_number, why from im_not_kept"))
                    .isEqualTo(List.of(List.of("alice", 0L, 0L, "refused")));
            assertThat(Files.readAllLines(folder.resolve("dead-letter/sql.jsonl"))).singleElement()
                    .asString().startsWith("{\"time\":").contains("\"reason\":", "\"event\":", "refused", id);
            assertThat(database.count("select count(*) from im_holes")).isZero();
        }
    }

    @Test
    void aNumberThatIsNotKeptIsAHoleUnlessItIsSaidWhy() throws Exception {
        try (SampleRoutes routes = start(Map.of("im.to.unknown", "direct:sql-filtered"))) {
            gws.agent("alice").publishOn("/v2/me/devices", "{}").publishOn("/v2/me/calls", "{}").sendRaw("{}");
            var session = gws.agent("alice").session().talks();
            gws.agent("alice").publishOn("/v2/me/devices", "{}");
            session.says("Hello");
            awaitCount("im_texts", 1);
            assertThat(database.query("select first_number, last_number, why, detail from im_not_kept"
                    + " order by first_number")).isEqualTo(List.of(List.of(0L, 1L, "filtered", "of other channels"),
                            List.of(2L, 2L, "filtered", "by the route"), List.of(4L, 4L, "filtered",
                            "of other channels")));
            assertThat(database.count("select count(*) from im_holes")).isZero();
            database.update("delete from im_not_kept where first_number = 4");
            assertThat(database.query("select agent, first_number, last_number from im_holes"))
                    .isEqualTo(List.of(List.of("alice", 4L, 4L)));
        }
    }

    /** What must be shown when somebody asks whether anything is missing. */
    @Test
    void theReportAccountsForEachNumber() throws Exception {
        try (SampleRoutes routes = start()) {
            gws.agent("alice").publishOn("/v2/me/devices", "{}");
            gws.agent("alice").session().talks().says("one").says("two").says("three");
            awaitCount("im_texts", 3);
            String day = LocalDate.now(ZoneOffset.UTC).toString();
            assertThat(report(routes, day)).isEqualTo(List.of(0L, 4L, 4L, 0L, 1L, 0L, 0L));
            database.update("delete from im_events where number = 2");
            assertThat(report(routes, day)).as("a row is missing").isEqualTo(List.of(0L, 4L, 3L, 0L, 1L, 0L, 1L));
            List<String> table = Files.readAllLines(folder.resolve("reconciliation/" + day + ".txt"));
            assertThat(table).hasSize(2);
            assertThat(table.get(1)).matches(gws.url() + "  alice  \\w{12} +0 +4 +3 +0 +1 +0 +1");
            assertThat(Files.readString(Path.of("src/main/docs/conversations.md"))).as("the manual shows it")
                    .containsPattern("(?m)^    " + table.get(0).replaceAll(" {2,}", " {2,}") + "$");
        }
    }

    private List<Long> report(SampleRoutes routes, String day) throws Exception {
        routes.context().createProducerTemplate().sendBody("direct:im-reconciliation", day);
        JsonNode rows = JSON.readTree(Files.readString(folder.resolve("reconciliation/" + day + ".json")));
        assertThat(rows).hasSize(1);
        return Stream.of("first_number", "last_number", "kept", "refused", "filtered", "in_gaps", "unexplained")
                .map(name -> rows.get(0).path(name).asLong(-1)).toList();
    }

    @Test
    void whatIsTooOldGoesButWhatIsHeld() throws Exception {
        try (SampleRoutes routes = start()) {
            var gone = gws.agent("alice").session().talks().says("gone").complete();
            awaitCount("im_events", 3);
            var held = gws.agent("alice").session().talks().says("held");
            awaitCount("im_events", 5);
            database.update("update im_events set kept_at = kept_at - 91 * interval '1' day");
            for (String change : List.of("im_events set received_at = received_at",
                    "im_texts set received_at = received_at", "im_conversations set last_event_at = last_event_at")) {
                database.update("update " + change + " - 91 * interval '1' day");
            }
            database.update("update im_conversations set legal_hold = true where session_id = '" + held.id() + "'");
            retain(routes);
            assertThat(database.query("select text from im_texts")).isEqualTo(List.of(List.of("held")));
            assertThat(database.query("select session_id from im_conversations"))
                    .isEqualTo(List.of(List.of(held.id())));
            assertThat(database.query("select number, session_id, json is null from im_events order by id"))
                    .isEqualTo(List.of(Arrays.asList(0L, null, true), Arrays.asList(1L, null, true),
                    Arrays.asList(2L, null, true),
                    List.of(3L, held.id(), false), List.of(4L, held.id(), false)));
            database.update("update im_events set received_at = received_at - 400 * interval '1' day,"
                    + " kept_at = kept_at - 400 * interval '1' day");
            retain(routes);
            assertThat(database.count("select count(*) from im_events")).as("no hole before what is held").isEqualTo(5);
            database.update("update im_conversations set legal_hold = false");
            retain(routes);
            assertThat(database.count("select count(*) from im_events")).isZero();
            assertThat(gone.isCompleted()).isTrue();
        }
    }

    /** The lock of H2's file, and the connections of a server, must not outlive what needs them. */
    @Test
    void thePoolIsClosedWhenTheRoutesHaveStopped() throws Exception {
        HikariDataSource pool;
        try (SampleRoutes routes = start()) {
            gws.agent("alice").session().talks();
            awaitCount("im_events", 1);
            pool = (HikariDataSource) routes.context().getRegistry().lookupByName("imDatabase");
            assertThat(pool.isClosed()).isFalse();
        }
        assertThat(pool.isClosed()).isTrue();
    }

    private static void retain(SampleRoutes routes) {
        routes.context().createProducerTemplate().sendBody("direct:im-retention", null);
    }

    private void awaitCount(String table, long rows) {
        await().atMost(SampleRoutes.PATIENCE).until(() -> database.count("select count(*) from " + table) == rows);
    }

    private static long failures(SampleRoutes routes) {
        return routes.context().getRoute("im-agent").getConsumer() instanceof IMSessionConsumer consumer
                ? consumer.getFailedExchanges() : 0;
    }

    private SampleRoutes start() throws Exception {
        return start(Map.of());
    }

    private SampleRoutes start(Map<String, String> more) throws Exception {
        Map<String, String> properties = database.properties(folder);
        properties.putAll(more);
        return SampleRoutes.start(gws, folder, database.settings(), properties);
    }
}
