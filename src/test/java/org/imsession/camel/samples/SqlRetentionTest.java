package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.Participant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed by age, and by the statements that the manual's page about conversations prints. */
class SqlRetentionTest extends WithDatabase {

    private static final String HELD = "007MDF3D0KAHL93L807GK2LAES00003B";

    @Test
    void filesGoWhenNothingWasWrittenToThemForSoLong() throws Exception {
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.put("im.retention.period", "200");
        properties.put("im.retention.days", "30");
        List<Path> old = new ArrayList<>();
        List<Path> young = new ArrayList<>();
        for (String name : List.of("conversations/2026-11-28/17-20 alice - 5002 (003B)", "im/dead-letter/sql",
                "im/messages/alice/S1", "conversations/2026-11-28/.part-17-20 alice - 5002 (003C)")) {
            old.add(file(name + ".json", 32));
            young.add(file(name + ".txt", 28));
        }
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, database.settings(), properties)) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> old.stream().noneMatch(Files::exists));
            assertThat(young).allMatch(Files::exists);
        }
    }

    private Path file(String name, int days) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        for (Path parent = file.getParent(); !parent.equals(folder); parent = parent.getParent()) {
            assertThat(parent.toFile().setReadable(false, false) && parent.toFile().setReadable(true, true)
                    && parent.toFile().setExecutable(false, false) && parent.toFile().setExecutable(true, true))
                    .isTrue();
        }
        Files.writeString(file, "{}");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    /** The clock of a machine that has none when it starts. */
    @Test
    void newTextsOfAClockThatBeginsIn1970AreNotOld() throws Exception {
        BuildingNode.keep(database, Chat.of("S1").at("1970-01-01T00:00:09Z").state("Talking")
                .says("alice", "unknown", "Hi").state("Completed"));
        database.update("insert into im_texts select server, agent, sequence, session_id, received_at, direction, 'Hi'"
                + " from im_events where direction is not null");
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.put("camel.main.routes-include-pattern", "file:routes/sql/retention.yaml");
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> { }, properties)) {
            node.send("direct:im-retention", "");
            assertThat(database.count("select count(*) from im_texts")).isEqualTo(1);
            assertThat(database.count("select count(*) from im_events where json is not null")).isEqualTo(3);
            assertThat(database.count("select count(*) from im_conversations")).isEqualTo(1);
            database.update("update im_events set kept_at = kept_at - 91 * interval '1' day");
            node.send("direct:im-retention", "");
            assertThat(database.count("select count(*) from im_texts")).isZero();
            assertThat(database.count("select count(*) from im_conversations")).isZero();
        }
    }

    @Test
    void theStatementThatHoldsAConversationExemptsIt() throws Exception {
        BuildingNode.keep(database, of(HELD, "b1"));
        BuildingNode.keep(database, of("S2", "b2"));
        run(fences().get(0));
        assertThat(database.query("select session_id, legal_hold from im_conversations order by session_id"))
                .isEqualTo(List.of(List.of(HELD, true), List.of("S2", false)));
    }

    @Test
    void theStatementsOfAnAgentGiveAndDeleteWhatConcernsIt() throws Exception {
        twoAgentsAndAThird();
        assertThat(column(database.query(fences().get(1)), 1)).hasSize(8).containsOnly("S1", "S2");
        run(fences().get(3));
        for (String table : List.of("im_events", "im_texts", "im_gaps", "im_not_kept", "im_conversations")) {
            assertThat(database.count("select count(*) from " + table + " where agent = 'alice'")).as(table).isZero();
        }
        assertThat(database.query("select agent, session_id, count(*) from im_events group by agent, session_id"
                + " order by session_id")).isEqualTo(List.of(List.of("bob", "S1", 4L), List.of("bob", "S3", 4L)));
    }

    @Test
    void theStatementsOfANumberGiveAndDeleteWhatConcernsItAndTheNumbersStay() throws Exception {
        twoAgentsAndAThird();
        long events = database.count("select count(*) from im_events");
        assertThat(column(database.query(fences().get(2)), 2)).as("what both agents heard of it").hasSize(8)
                .containsOnly("S1");
        run(fences().get(4));
        assertThat(database.query(fences().get(2))).isEmpty();
        assertThat(database.query("select distinct session_id from im_texts order by session_id"))
                .isEqualTo(List.of(List.of("S2"), List.of("S3")));
        assertThat(database.query("select agent, session_id from im_conversations order by session_id"))
                .isEqualTo(List.of(List.of("alice", "S2"), List.of("bob", "S3")));
        assertThat(database.count("select count(*) from im_events where json like '%5002%'")).isZero();
        assertThat(database.count("select count(*) from im_events")).isEqualTo(events);
        assertThat(database.count("select count(*) from im_holes")).isZero();
    }

    /** Their conversations were handed out and deleted with those of the number. */
    @Test
    void whoOnlyWroteTheNumberOrHasItInUserDataIsNotMeant() throws Exception {
        BuildingNode.keep(database, of("S1", "b1"));
        BuildingNode.keep(database, Chat.of("S2").in("b2").with(Chat.party("6000"))
                .data(Map.of("code", "5002", "digits", "5002", "phoneNumber", "5002")).state("Talking")
                .says("alice", "unknown", "5002")
                .says("alice", "unknown", "\"digits\":\"5002\"").state("Completed"));
        assertThat(column(database.query(fences().get(2)), 2)).hasSize(4).containsOnly("S1");
        run(fences().get(4));
        assertThat(database.query("select session_id, count(*) from im_events where json is not null"
                + " group by session_id")).isEqualTo(List.of(List.of("S2", 4L)));
        assertThat(database.query("select session_id from im_conversations")).isEqualTo(List.of(List.of("S2")));
    }

    /** As the sink keeps them: a type that is not documented as it was sent, an unreadable message with its text. */
    @Test
    void aMessageThatWasNotUnderstoodIsForAPersonToLookAt() throws Exception {
        String sent = "{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":\"StatusChange\","
                + "\"imSession\":{\"id\":\"S1\",\"state\":\"Talking\",\"participants\":[{\"digits\":5002}]}}";
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.put("camel.main.routes-include-pattern", "file:routes/sql/sink.yaml");
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> { }, properties)) {
            keep(node, "S1", sent);
            keep(node, "S2", "{\"messageType\":\"Transfer\",\"imSessionPath\":\"/im-sessions/S2\",\"to\":\"5002\"}");
            keep(node, "S3", "{\"messageType\":\"Transfer\",\"imSessionPath\":\"/im-sessions/S3\",\"to\":\"6000\"}");
            keep(node, "S4", "{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
                    + "\"imSessionPath\":\"/im-sessions/S4\",\"message\":\"5002\"}");
        }
        assertThat(database.query(fences().get(2))).isEmpty();
        assertThat(column(database.query(fences().get(5)), 2)).containsExactly("S1", "S2");
    }

    private static void keep(BuildingNode node, String session, String sent) throws Exception {
        IMSessionNotification notification = new IMSessionJson().read(sent);
        node.send("direct:sql", notification, Map.of(IMSessionConstants.SERVER_URL, Chat.SERVER,
                IMSessionConstants.AGENT, "alice", IMSessionConstants.SEQUENCE, "b1-" + session,
                IMSessionConstants.MESSAGE_TYPE, notification.messageType(), IMSessionConstants.ID, session,
                IMSessionConstants.ORIGIN, "live", IMSessionConstants.MESSAGE_TIMESTAMP, 1_764_000_000_000L));
    }

    /** Whichever of the members has it, for no server sends all of them. */
    @ParameterizedTest
    @ValueSource(strings = { "digits", "e164Number", "phoneNumber", "formattedPhoneNumber" })
    void theNumberIsFoundInEachMemberThatHasIt(String member) throws Exception {
        BuildingNode.keep(database, Chat.of("S1").in("b1").with(new Participant(value(member, "digits"),
                value(member, "e164Number"), value(member, "formattedPhoneNumber"), value(member, "phoneNumber"),
                Map.of())).state("Talking"));
        assertThat(column(database.query(fences().get(2)), 2)).containsExactly("S1");
    }

    private static String value(String member, String asked) {
        return member.equals(asked) ? "5002" : "";
    }

    /** alice and bob (5002) in S1, alice and somebody else in S2, bob and somebody else in S3. */
    private void twoAgentsAndAThird() throws SQLException {
        BuildingNode.keep(database, of("S1", "b1"));
        BuildingNode.keep(database, Chat.of("S1").in("b2").state("bob", "Talking", "live").says("bob", "unknown", "Hi")
                .says("bob", "unknown", "Bye").state("bob", "Completed", "live"));
        BuildingNode.keep(database, of("S2", "b3"));
        BuildingNode.keep(database, Chat.of("S3").in("b4").state("bob", "Talking", "live").says("bob", "unknown", "Hi")
                .says("bob", "unknown", "Bye").state("bob", "Completed", "live"));
        database.update("insert into im_texts select server, agent, sequence, session_id, received_at, direction, 'x'"
                + " from im_events where direction is not null");
        database.update("insert into im_gaps select server, agent, sequence, received_at, received_at, 'SESSION_LOST',"
                + " 'POSSIBLE', 'x' from im_events where agent = 'alice' and number = 0");
        database.update("insert into im_not_kept select server, agent, bayeux_session, 4, 4, received_at, 'filtered',"
                + " 'x' from im_events where agent = 'alice' and number = 0");
    }

    private static Chat of(String session, String bayeux) {
        Chat chat = Chat.of(session).in(bayeux);
        return (session.equals("S2") ? chat.with(Chat.party("6000")) : chat).state("Talking")
                .says("alice", "unknown", "Hi").says("alice", "unknown", "Bye").state("Completed");
    }

    private static List<Object> column(List<List<Object>> rows, int column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }

    /** The blocks, in their order: hold, export of an agent and of a number, deletion of both, a look. */
    private static List<String> fences() throws Exception {
        String page = Files.readString(Path.of("src/main/docs/conversations.md"));
        String section = page.substring(page.indexOf("## Retention"), page.indexOf("## Reconciliation"));
        Matcher fence = Pattern.compile("```\\w+\n(.*?)```", Pattern.DOTALL).matcher(section);
        List<String> all = fence.results().map(each -> each.group(1)).toList();
        assertThat(all).hasSize(6);
        return all;
    }

    private void run(String statements) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            for (String each : statements.strip().split(";")) {
                statement.execute(each);
            }
        }
    }
}
