package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.store.PrivateFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the routes of {@code routes/sql} that run by a timer say when something is away, and how often. */
class SqlTroubleTest {

    @RegisterExtension
    final LogLines log = new LogLines();
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

    /** It was a line each five seconds, all night. */
    @Test
    void aDatabaseThatIsAwayIsToldOnceAndSoIsItsReturn() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> { }, Map.of())) {
            AdviceWith.adviceWith(node.context(), "im-conversations", route -> route.weaveAddFirst()
                    .process(exchange -> rounds.incrementAndGet()));
            database.update("alter table im_conversations rename column claimed_by to away");
            await().atMost(SampleRoutes.PATIENCE).until(() -> !log.with("The database does not answer").isEmpty());
            int before = rounds.get();
            await().atMost(SampleRoutes.PATIENCE).until(() -> rounds.get() > before + 3);
            assertThat(log.with("The database does not answer")).singleElement().asString()
                    .contains("WARN", "conversations wait in it", "has not the tables of routes/sql");
            database.update("alter table im_conversations rename column away to claimed_by");
            await().atMost(SampleRoutes.PATIENCE).until(() -> !log.with("The database answers again").isEmpty());
            BuildingNode.keep(database, conversation(0));
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(log.with("The database answers again")).hasSize(1);
        }
    }

    /** It was a line for each conversation and attempt. */
    @Test
    void whatASinkDoesNotTakeIsToldOnceAndSoIsThatItTakesAgain() throws Exception {
        int all = 20;
        for (int i = 0; i < all; i++) {
            BuildingNode.keep(database, conversation(i));
        }
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> {
            attempts.incrementAndGet();
            if (away.get()) {
                throw new IllegalStateException("the words of a sink");
            }
        }, Map.of("im.conversations.lease", "1"))) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> attempts.get() > 2 * all);
            assertThat(log.with("was not taken")).singleElement().asString()
                    .contains("WARN", "each 1 s", "agent=alice in session=S", "java.lang.IllegalStateException")
                    .doesNotContain("the words of a sink");
            away.set(false);
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == all);
            assertThat(log.with("Conversations are taken again")).hasSize(1);
        }
    }

    /** The clock of the machine that heard of it, which is right again; it was built a day late. */
    @Test
    void aClockThatWasAheadDelaysNothing() throws Exception {
        BuildingNode.keep(database, Chat.of("S").at(Instant.now().plus(Duration.ofDays(1)).toString()).state("Talking")
                .state("Completed"));
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> { }, Map.of())) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> built() == 1);
            assertThat(node.taken()).hasSize(1);
        }
    }

    /** They were stacks each hour, with what the database says of a row in them. */
    @Test
    void aReportThatCannotBeWrittenIsOneLine() throws Exception {
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        new PrivateFolders().setFolders(folder.resolve("reconciliation").toString());
        Files.createDirectories(folder.resolve("reconciliation/" + yesterday + ".json/taken"));
        try (BuildingNode node = timed("reconciliation")) {
            node.send("direct:now", "");
            assertThat(log.with("The report of yesterday is not written")).singleElement().asString()
                    .contains("WARN", "3600000 ms", "look at", "GenericFileOperationFailedException");
            assertThat(log.with("\tat ")).isEmpty();
        }
    }

    @Test
    void whatRetentionCannotDoIsOneLine() throws Exception {
        database.update("alter table im_texts rename column received_at to away");
        try (BuildingNode node = timed("retention")) {
            node.send("direct:now", "");
            assertThat(log.with("Nothing was removed from the database")).singleElement().asString()
                    .contains("WARN", "3600000 ms", "look at", "BadSqlGrammarException");
            assertThat(log.with("\tat ")).isEmpty();
        }
    }

    /** The routes of a file, whose timer is direct:now. */
    private BuildingNode timed(String file) throws Exception {
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.put("camel.main.routes-include-pattern", "file:routes/sql/" + file + ".yaml");
        BuildingNode node = BuildingNode.start(database, folder, exchange -> { }, properties);
        AdviceWith.adviceWith(node.context(), "im-" + file + "-timer", route -> route.replaceFromWith("direct:now"));
        return node;
    }

    private static Chat conversation(int number) {
        return Chat.of("S" + number).in("b" + number).at(Instant.now().minus(Duration.ofHours(1)).toString())
                .state("Talking").state("Completed");
    }

    private long built() {
        return database.count("select count(*) from im_conversations where built_event_id = last_event_id");
    }
}
