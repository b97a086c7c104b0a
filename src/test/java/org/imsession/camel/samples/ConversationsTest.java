package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.conversation.IMConversation.Reason;
import org.imsession.camel.conversation.IMConversation.Sender;
import org.imsession.camel.conversation.IMConversation.Text;
import org.junit.jupiter.api.Test;

/** How {@code routes/sql} makes conversations of what is in the database, and where they go. */
class ConversationsTest extends WithDatabase {

    private static final Instant HOUR_AGO = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.HOURS);

    @Test
    void fromTheServerToATranscriptWithItsJsonBeside() throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, database.settings(), settings(Map.of(
                "im.to.state-changes", "direct:sql", "im.to.messages", "direct:sql", "im.to.unknown", "direct:sql",
                "im.conversations.period", "100", "im.conversations.settle", "0",
                "camel.beans.imConversations.zone", "Asia/Kolkata")))) {
            var session = gws.agent("alice").session().talks().says("Which colour?").hears("Green it is");
            session.complete();
            await().atMost(SampleRoutes.PATIENCE).until(() -> files().size() == 2
                    && files().stream().noneMatch(each -> each.contains(".part-")));

            String begun = DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneId.of("Asia/Kolkata"))
                    .format(Instant.now());
            assertThat(files()).allMatch(name -> name.matches("\\d{4}-\\d\\d-\\d\\d/\\d\\d-\\d\\d alice - 3002 \\("
                    + session.id().substring(session.id().length() - 4) + "\\)\\.(txt|json)"));
            assertThat(files().get(0).substring(0, 8)).isEqualTo(begun.substring(0, 8));
            String text = Files.readString(conversations().resolve(files().get(1)));
            assertThat(text).contains("Complete    yes").contains("Asia/Kolkata")
                    .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d  not known  Which colour\\?$")
                    .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d  not known  Green it is$");
            JsonNode json = new JsonMapper().readTree(Files.readString(conversations().resolve(files().get(0))));
            assertThat(json.path("texts").path(1).path("text").asText()).isEqualTo("Green it is");
            assertThat(json.path("complete").asBoolean()).isTrue();
            await().atMost(SampleRoutes.PATIENCE).until(() -> database.count(
                    "select count(*) from im_conversations where built_event_id = last_event_id"
                            + " and claimed_by is null") == 1);
        }
    }

    @Test
    void itComesAtLeastOnceAndWithTheSameIdAndKeyWhenItComesAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BuildingNode.keep(database, whole());
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> {
            if (attempts.incrementAndGet() == 2) {
                throw new IllegalStateException("the last endpoint does not take it");
            }
        }, Map.of("im.to.conversations", "direct:taken,direct:taken", "im.conversations.lease", "1"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> attempts.get() == 4 && built() == 1);
            assertThat(node.taken()).hasSize(3).extracting(BuildingNode.Taken::id).containsOnly(whole().built().id());
            assertThat(node.taken()).extracting(BuildingNode.Taken::key).containsOnly(whole().built().key());
            assertThat(node.taken()).extracting(BuildingNode.Taken::conversation).containsOnly(whole().built());
        }
    }

    @Test
    void aSilentOneIsBuiltAfterTheSetTimeAndAgainWhenItsEndIsHeardOf() throws Exception {
        Chat chat = Chat.of("S1").at(HOUR_AGO.toString()).state("Talking").says("alice", "unknown", "Hi");
        BuildingNode.keep(database, chat);
        BuildingNode.keep(database, Chat.of("S2").in("b2").at(Instant.now().toString()).state("Talking"));
        try (BuildingNode node = start(Map.of("im.conversations.silence", "1800"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(node.taken()).hasSize(1);
            assertThat(node.taken().get(0).conversation().incomplete()).containsExactly(Reason.END_NOT_SEEN);
            assertThat(node.taken().get(0).conversation().sessionId()).as("the other one is not silent")
                    .isEqualTo("S1");

            BuildingNode.keep(database, chat.after(60).state("Completed"));
            await().atMost(SampleRoutes.PATIENCE).until(() -> node.taken().size() == 2);
            assertThat(node.taken().get(1).conversation().complete()).isTrue();
            assertThat(node.taken().get(1).id()).isEqualTo(node.taken().get(0).id());
            assertThat(node.taken().get(1).key()).isNotEqualTo(node.taken().get(0).key());
        }
    }

    @Test
    void onSeveralNodesOneBuildsEach() throws Exception {
        int all = 60;
        for (int i = 0; i < all; i++) {
            BuildingNode.keep(database, Chat.of("S" + i).in("b" + i).at(HOUR_AGO.toString()).state("Talking")
                    .state("Completed"));
        }
        try (BuildingNode one = start(Map.of()); BuildingNode other = start(Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == all);
            assertThat(Stream.concat(one.taken().stream(), other.taken().stream())
                    .map(taken -> taken.conversation().sessionId()))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, all).mapToObj(i -> "S" + i).toList());
        }
    }

    /** They may come faster than as many as are claimed at once. */
    @Test
    void howeverManyWaitAreBuiltInOneGo() throws Exception {
        int all = 120;
        for (int i = 0; i < all; i++) {
            BuildingNode.keep(database, Chat.of("S" + i).in("b" + i).at(HOUR_AGO.toString()).state("Talking")
                    .state("Completed"));
        }
        try (BuildingNode node = start(Map.of("im.conversations.period", "3600000"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == all);
            assertThat(node.taken()).hasSize(all);
        }
    }

    @Test
    void aClaimOfADeadNodeRunsOutAndOneThatHoldsIsRespected() throws Exception {
        BuildingNode.keep(database, whole());
        BuildingNode.keep(database, Chat.of("S2").in("b2").at(HOUR_AGO.toString()).state("Talking").state("Completed"));
        database.update("update im_conversations set claimed_by = 'other', claimed_until = current_timestamp"
                + " + interval '1' hour where session_id = 'S2'");
        database.update("update im_conversations set claimed_by = 'dead', claimed_until = current_timestamp"
                + " - interval '1' second where session_id <> 'S2'");
        try (BuildingNode node = start(Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(node.taken()).extracting(taken -> taken.conversation().sessionId())
                    .containsExactly(whole().built().sessionId());
            database.update("update im_conversations set claimed_until = current_timestamp - interval '1' second"
                    + " where session_id = 'S2'");
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 2);
        }
    }

    @Test
    void whatIsMissingInTheDatabaseOrTheFeedIsSaid() throws Exception {
        for (int i = 0; i < 4; i++) {
            BuildingNode.keep(database, Chat.of("S" + i).in("bayeux" + i).at(HOUR_AGO.toString()).state("Talking")
                    .says("alice", "unknown", "one").says("alice", "unknown", "two").state("Completed"));
        }
        for (String removed : List.of("bayeux1-1", "bayeux2-1", "bayeux3-2")) {
            database.update("delete from im_events where sequence = '" + removed + "'");
        }
        notKept("bayeux2", 1, "filtered");
        notKept("bayeux3", 2, "refused");
        try (BuildingNode node = start(Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 4);
            assertThat(node.taken()).extracting(taken -> taken.conversation().sessionId() + " "
                    + taken.conversation().incomplete()).containsExactlyInAnyOrder("S0 []", "S1 [HOLE]", "S2 []",
                    "S3 [HOLE]");
        }
    }

    private void notKept(String bayeux, int number, String why) throws Exception {
        database.update("insert into im_not_kept select server, agent, '" + bayeux + "', " + number + ", " + number
                + ", received_at, '" + why + "', 'x' from im_events where sequence = 'bayeux0-0'");
    }

    @Test
    void aGapThatMeetsItAndWhatAnotherAgentSentAreRead() throws Exception {
        Chat chat = Chat.of("S").at(HOUR_AGO.toString()).state("Talking").state("bob", "Talking", "live").after(9)
                .says("alice", "unknown", "Hi").says("bob", "outbound", "Hi").after(9).state("Completed")
                .state("bob", "Completed", "live");
        BuildingNode.keep(database, chat);
        try (BuildingNode node = start(Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 2);
            assertThat(node.taken()).filteredOn(taken -> taken.conversation().agent().equals("alice"))
                    .flatExtracting(taken -> taken.conversation().texts()).extracting(Text::sender)
                    .containsExactly(Sender.OTHER_PARTY);
        }
        database.update("insert into im_gaps select server, agent, sequence, received_at, received_at, 'SESSION_LOST',"
                + " 'POSSIBLE', 'x' from im_events where agent = 'alice' and number = 0");
        database.update("update im_conversations set built_event_id = -1 where agent = 'alice'");
        try (BuildingNode node = start(Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 2);
            IMConversation told = node.taken().get(0).conversation();
            assertThat(told.incomplete()).containsExactly(Reason.GAP);
            assertThat(told.gaps()).hasSize(1).allMatch(gap -> gap.from().equals(HOUR_AGO));
            assertThat(told.texts()).extracting(Text::sender).containsExactly(Sender.NOT_KNOWN);
        }
    }

    @Test
    void oneIsPostedWithAnIdempotencyKeyAndAgainIfItIsNotTaken() throws Exception {
        BuildingNode.keep(database, whole());
        try (HttpService service = new HttpService().answersFirst(503);
                BuildingNode node = start(Map.of("im.to.conversations", "direct:conversation-http",
                        "im.conversations.url", service.url(), "im.conversations.lease", "1"))) {
            HttpService.Post refused = service.take();
            HttpService.Post taken = service.take();
            assertThat(taken.method()).isEqualTo("POST");
            assertThat(taken.contentType()).isEqualTo("application/json");
            assertThat(taken.idempotencyKey()).isEqualTo(whole().built().key()).isEqualTo(refused.idempotencyKey());
            assertThat(taken.body()).isEqualTo(refused.body());
            assertThat(taken.headers()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
            assertThat(new JsonMapper().readTree(taken.body()).path("texts").path(0).path("text").asText())
                    .isEqualTo("Green it is");
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(node.taken()).isEmpty();
        }
    }

    @Test
    void oneIsSentAsAMailThatAParserReads() throws Exception {
        BuildingNode.keep(database, whole());
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (BuildingNode node = start(Map.of("im.to.conversations", "direct:conversation-mail", "im.mail.server",
                "smtp:127.0.0.1:" + server.getSmtp().getPort(), "im.mail.to", "archive@example.com"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(server.getReceivedMessages()).hasSize(1);
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getMessageID()).isEqualTo("<" + whole().built().key() + "@conversation.imsession>");
            assertThat(mail.getSubject()).startsWith("alice with 5002, ");
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("archive@example.com");
            MimeMultipart all = (MimeMultipart) mail.getContent();
            assertThat(all.getBodyPart(2).getFileName()).endsWith("(003B).json");
            assertThat(new JsonMapper().readTree(all.getBodyPart(2).getInputStream()).path("id").asText())
                    .isEqualTo(whole().built().id());
            assertThat(node.taken()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void pageAndMailAreFilesToo() throws Exception {
        BuildingNode.keep(database, whole());
        try (BuildingNode node = start(Map.of("im.to.conversations",
                "direct:conversation-files,direct:conversation-html,direct:conversation-archive"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(files()).extracting(name -> name.substring(name.lastIndexOf('.')))
                    .containsExactly(".eml", ".html", ".json", ".txt");
            assertThat(node.taken()).isEmpty();
        }
    }

    /** The database has it, and what was half written has another name. */
    @Test
    void aFileIsWholeOrAbsentAndAnEarlierOneIsReplaced() throws Exception {
        BuildingNode.keep(database, whole());
        try (BuildingNode node = start(Map.of("im.to.conversations", "direct:conversation-files"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(node.taken()).isEmpty();
        }
        String name = files().get(1);
        String whole = Files.readString(conversations().resolve(name));
        Path half = conversations().resolve(name.replace("/", "/.part-"));
        Files.writeString(half, "half");
        Files.writeString(conversations().resolve(name), "old " + whole().built().id());
        BuildingNode.keep(database, whole().says("alice", "outbound", "One more"));
        try (BuildingNode node = start(Map.of("im.to.conversations", "direct:conversation-files"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(files()).hasSize(2).contains(name);
            assertThat(Files.readString(conversations().resolve(name))).contains("  alice  Green it is\n")
                    .contains("  alice  One more\n").startsWith(whole.substring(0, 15));
            assertThat(node.taken()).isEmpty();
        }
    }

    /** Another node died with it, or its disk was full. */
    @Test
    void aClaimThatWasLeftBehindTakesNoNameFromItsOwner() throws Exception {
        BuildingNode.keep(database, whole());
        for (int time = 0; time < 2; time++) {
            database.update("update im_conversations set built_event_id = -1");
            try (BuildingNode node = start(Map.of("im.to.conversations", "direct:conversation-files"))) {
                await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            }
            assertThat(files()).hasSize(2).allMatch(name -> name.contains("(003B)."));
            Path claim = conversations().resolve(files().get(0).replace("/", "/.own-").replaceAll("\\.[a-z]+$", ""));
            if (time == 0) {
                assertThat(claim).as("released").doesNotExist();
                Files.createFile(claim);
            }
        }
    }

    /** Of one agent with one party in one minute, with the same last characters of the id. */
    @Test
    void oneNeverReplacesAnotherThatIsCalledAlike() throws Exception {
        for (String id : List.of("007MDF3D0KAHL93L807GK2LAES00003B", "117MDF3D0KAHL93L807GK2LAES00003B")) {
            BuildingNode.keep(database, Chat.of(id).in(id.substring(0, 2)).at(HOUR_AGO.toString()).state("Talking")
                    .says("alice", "outbound", "In " + id).state("Completed"));
        }
        String all = "direct:conversation-files,direct:conversation-html,direct:conversation-archive";
        for (int time = 0; time < 2; time++) {
            database.update("update im_conversations set built_event_id = -1");
            try (BuildingNode node = start(Map.of("im.to.conversations", all))) {
                await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 2);
                assertThat(node.taken()).isEmpty();
            }
            assertThat(files()).hasSize(8);
            List<String> said = new ArrayList<>();
            for (String name : files().stream().filter(each -> each.endsWith(".txt")).toList()) {
                List<String> lines = Files.readAllLines(conversations().resolve(name));
                said.add(lines.get(lines.size() - 1));
            }
            assertThat(said).map(line -> line.substring(line.length() - 35)).containsExactlyInAnyOrder(
                    "In 007MDF3D0KAHL93L807GK2LAES00003B", "In 117MDF3D0KAHL93L807GK2LAES00003B");
        }
    }

    private static Chat whole() {
        return Chat.of("007MDF3D0KAHL93L807GK2LAES00003B").at(HOUR_AGO.toString()).state("Talking")
                .says("alice", "outbound", "Green it is").after(60).state("Completed");
    }

    private BuildingNode start(Map<String, String> properties) throws Exception {
        return BuildingNode.start(database, folder, exchange -> { }, properties);
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(database.properties());
        settings.put("im.sql.dead-letter-dir", folder.resolve("sql-dead-letter").toString());
        settings.putAll(more);
        return settings;
    }

    private long built() {
        return database.count("select count(*) from im_conversations where built_event_id = last_event_id");
    }

    private Path conversations() {
        return folder.resolve("conversations");
    }

    private List<String> files() throws Exception {
        try (Stream<Path> walk = Files.walk(conversations())) {
            return walk.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().startsWith(".own-"))
                    .map(file -> conversations().relativize(file).toString().replace('\\', '/')).sorted().toList();
        }
    }
}
