package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.imsession.camel.crash.ChildJvm;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed again and again in the middle of conversations, and some times is forgotten by the server
 * before the next one begins: the database holds each event once, or it lies in a gap, and each conversation is whole
 * or says why not. {@code -Dimsession.sql.kills=100} kills it a hundred times.
 */
class SqlKillTest {

    private static final int KILLS = Integer.getInteger("imsession.sql.kills", 3);
    /** Each so many kills the session is gone, too. */
    private static final int FORGETFUL = 10;
    private static final int TEXTS_OF_A_CONVERSATION = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Without the samples that it does not need, so that it is back sooner. */
    private static final Map<String, String> SETTINGS = Map.of("im.conversations.settle", "1",
            "im.conversations.period", "500", "im.conversations.lease", "5", "camel.main.routes-include-pattern",
            "file:routes/xml/split.xml,file:routes/sql/*.yaml");

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofMinutes(5)))
            .agent("alice", "secret");
    @TempDir
    Path folder;
    private final Ledger ledger = new Ledger();
    private final Map<String, List<String>> said = new LinkedHashMap<>();
    private SimulatedSession session;
    private Process victim;

    @Test
    void eachEventIsKeptOnceOrInAGapAndEachConversationIsWholeOrSaysWhyNot() throws Exception {
        Random random = new Random(1);
        int forgotten = 0;
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (Database database = Database.start(folder)) {
            database.leave();
            victim = victim(database);
            assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).as(this::log).isTrue();
            sender.scheduleWithFixedDelay(this::say, 0, 50, TimeUnit.MILLISECONDS);
            for (int kill = 1; kill <= KILLS; kill++) {
                long acknowledged = gws.agent("alice").lastAcknowledgedBatch();
                awaitMoreThan(acknowledged);
                assertThat(victim.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS)).as(this::log).isFalse();
                victim.destroyForcibly().waitFor();
                if (kill % FORGETFUL == 2) {
                    gws.agent("alice").dropBayeuxSession();
                    forgotten++;
                }
                victim = victim(database);
            }
            assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).as(this::log).isTrue();
            sender.shutdown();
            assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            session.complete();
            await().atMost(PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            victim.destroyForcibly().waitFor();

            assertThat(database.query("select server, agent, sequence from im_events group by server, agent, sequence"
                    + " having count(*) > 1")).isEmpty();
            Ledger.Sums sums = ledger.settle(new KeptEvents(database, "alice").newLines());
            assertThat(sums.unaccounted()).as("neither kept nor in a gap, of " + sums).isZero();
            assertThat(sums.again() + sums.outOfOrder()).as("kept twice or out of order, of " + sums).isZero();
            assertThat(sums.gaps() - ledger.toldAgain()).as("one for each time it was forgotten, of " + sums + ", "
                    + database.query("select from_at, to_at, reason, detail from im_gaps order by sequence"))
                    .isEqualTo(forgotten);
            assertThat(database.query("select * from im_numbers where what not in ('kept', 'in gap')")).isEmpty();
            System.out.println("killed " + KILLS + " times, forgotten " + forgotten + " times: " + sums.sent()
                    + " texts, " + sums.delivered() + " kept once, " + sums.inGaps() + " in " + sums.gaps() + " gaps, "
                    + ledger.toldAgain() + " of them told again; "
                    + conversations(database));
        } finally {
            sender.shutdownNow();
            if (victim != null) {
                victim.destroyForcibly();
            }
        }
    }

    private void awaitMoreThan(long acknowledged) {
        try {
            await().atMost(PATIENCE).until(() -> gws.agent("alice").lastAcknowledgedBatch() > acknowledged);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(log(), e);
        }
    }

    private void say() {
        if (session == null || said.get(session.id()).size() == TEXTS_OF_A_CONVERSATION) {
            if (session != null) {
                session.complete();
            }
            session = gws.agent("alice").session().talks();
            said.put(session.id(), new ArrayList<>());
        }
        ledger.send(number -> {
            session.says(String.valueOf(number));
            said.get(session.id()).add(String.valueOf(number));
        });
    }

    /** Those that the victims had not made yet are made here. */
    private String conversations(Database database) throws Exception {
        Map<String, String> properties = new HashMap<>(SETTINGS);
        properties.remove("camel.main.routes-include-pattern");
        properties.put("im.to.conversations", "direct:conversation-files");
        properties.put("im.conversations.silence", "1");
        try (BuildingNode node = BuildingNode.start(database, folder, exchange -> { }, properties)) {
            for (long waiting = waiting(database); waiting > 0; waiting = waiting(database)) {
                long before = waiting;
                await().atMost(PATIENCE).until(() -> waiting(database) < before); // however many there are
            }
            assertThat(node.taken()).isEmpty();
        }
        Map<String, JsonNode> made = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("conversations"))) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("\\d.*\\.json"))
                    .toList()) {
                JsonNode conversation = new JsonMapper().readTree(file.toFile());
                made.put(conversation.path("sessionId").asText(), conversation);
            }
        }
        assertThat(made).hasSize((int) database.count("select count(*) from im_conversations"));
        int complete = 0;
        Map<String, Integer> reasons = new TreeMap<>();
        for (Map.Entry<String, List<String>> each : said.entrySet()) {
            JsonNode conversation = made.get(each.getKey());
            if (conversation == null) {
                assertThat(database.query("select text from im_texts where session_id = '" + each.getKey() + "'"))
                        .as("texts of a session of which there is no record").isEmpty();
            } else if (conversation.path("complete").asBoolean()) {
                complete++;
                assertThat(conversation.path("texts").findValuesAsText("text")).isEqualTo(each.getValue());
            } else {
                assertThat(conversation.path("incomplete")).as(conversation.toString()).isNotEmpty();
                reasons.merge(conversation.path("incomplete").toString(), 1, Integer::sum);
                if (conversation.path("gaps").isEmpty()) { // the list of sessions came before the announcement
                    assertThat(conversation.path("states").path(0).path("origin").asText()).isEqualTo("snapshot");
                    assertThat(conversation.path("texts").findValuesAsText("text")).isEqualTo(each.getValue());
                }
            }
        }
        return complete + " of " + said.size() + " conversations complete, " + (made.size() - complete)
                + " say why not " + reasons + ", " + (said.size() - made.size()) + " were never heard of";
    }

    private static long waiting(Database database) {
        return database.count("select count(*) from im_conversations where built_event_id < last_event_id");
    }

    private Process victim(Database database) throws IOException {
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.putAll(SETTINGS);
        List<String> arguments = new ArrayList<>(List.of(gws.url(), folder.toString(), database.settings()));
        properties.forEach((name, value) -> arguments.add(name + "=" + value));
        return ChildJvm.of(SqlVictim.class, arguments.toArray(String[]::new)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("victims.log").toFile())).start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("victims.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
