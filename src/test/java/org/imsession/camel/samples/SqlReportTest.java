package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.conversation.Chat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a day that {@code routes/sql/reconciliation.yaml} makes of what is in the database. */
class SqlReportTest {

    private static final String DAY = "2026-03-08";

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

    private BuildingNode start() throws Exception {
        return start(Map.of());
    }

    private BuildingNode start(Map<String, String> more) throws Exception {
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.put("camel.main.routes-include-pattern", "file:routes/sql/reconciliation.yaml");
        properties.putAll(more);
        return BuildingNode.start(database, folder, exchange -> { }, properties);
    }

    /** Two sessions: one begins in the last moment of the day before, one ends in the first of the day after. */
    private void overMidnight() throws Exception {
        BuildingNode.keep(database, Chat.of("S1").in("b1").at("2026-03-07T23:59:59.999Z").state("Talking").after(1)
                .says("alice", "unknown", "Good morning"));
        BuildingNode.keep(database, Chat.of("S2").in("b2").at("2026-03-08T23:59:59.999Z").state("Talking").after(1)
                .says("alice", "unknown", "Good night"));
    }

    private List<Long> column(String name) throws Exception {
        JsonNode rows = new JsonMapper().readTree(Files.readString(folder.resolve("reconciliation/" + DAY + ".json")));
        return Stream.iterate(0, at -> at < rows.size(), at -> at + 1).map(at -> rows.get(at).path(name).asLong(-1))
                .toList();
    }

    private List<String> table(String day) throws Exception {
        return Files.readAllLines(folder.resolve("reconciliation/" + day + ".txt"));
    }

    /** Also on a day of 23 hours there; the zone of a connection is that of the machine. */
    @ParameterizedTest
    @ValueSource(strings = { "UTC", "America/Los_Angeles", "Pacific/Kiritimati" })
    void theDayIsThatOfUtcWhereverTheMachineIs(String zone) throws Exception {
        try (BuildingNode node = start(Map.of("camel.beans.imDatabase.connectionInitSql",
                "set time zone '" + zone + "'"))) {
            overMidnight();
            node.send("direct:im-reconciliation", DAY);
            assertThat(table(DAY)).hasSize(3);
            assertThat(column("first_number")).containsExactly(1L, 0L);
            assertThat(column("last_number")).containsExactly(1L, 0L);
            assertThat(column("unexplained")).containsExactly(0L, 0L);
        }
    }

    /** A body of another kind was a path of a file, or a day by a name that the database has for it. */
    @ParameterizedTest
    @ValueSource(strings = { "yesterday", "epoch", "2026-3-8", "08.03.2026", "", "../2026-03-08",
        "2026-03-08 or more" })
    void whatIsNoDayIsSaidAndWritesNothing(String day) throws Exception {
        try (BuildingNode node = start()) {
            assertThatThrownBy(() -> node.send("direct:im-reconciliation", day))
                    .hasStackTraceContaining("The body is to be a day, such as 2026-11-28");
            assertThat(folder.resolve("reconciliation")).isEmptyDirectory();
        }
    }

    @Test
    void aDayWithALineBreakIsThatDayAndADayWithoutNumbersSaysSo() throws Exception {
        try (BuildingNode node = start()) {
            node.send("direct:im-reconciliation", DAY + "\n");
            assertThat(column("kept")).isEmpty();
            assertThat(table(DAY)).singleElement().asString().contains("no number of " + DAY + " (UTC)");
            assertThat(log.with("unexplained")).isEmpty();
        }
    }

    /** Nobody reads a folder of reports each day. */
    @Test
    void aNumberThatIsUnexplainedIsInTheLog() throws Exception {
        try (BuildingNode node = start()) {
            overMidnight();
            node.send("direct:im-reconciliation", DAY);
            assertThat(log.with("unexplained")).isEmpty();
            database.update("delete from im_events where sequence = 'b1-0'");
            node.send("direct:im-reconciliation", DAY);
            assertThat(column("unexplained")).containsExactly(1L, 0L);
            assertThat(log.with("are unexplained")).singleElement().asString().contains(DAY + ".txt", "im_holes");
        }
    }

    /** It was parted by tabs, without the server: of long names no column stood under its own. */
    @Test
    void theTableStandsInColumnsAndNamesTheServer() throws Exception {
        try (BuildingNode node = start()) {
            overMidnight();
            database.update("update im_events set agent = 'elizabeth.the.second@example.com'"
                    + " where bayeux_session = 'b2'");
            node.send("direct:im-reconciliation", DAY);
            assertThat(table(DAY)).containsExactly(
                    "server                   agent                             Bayeux session  first  last  kept"
                            + "  refused  filtered  in gaps  unexplained",
                    "https://gws.example.com  alice                             b1                  1     1     1"
                            + "        0         0        0            0",
                    "https://gws.example.com  elizabeth.the.second@example.com  b2                  0     0     1"
                            + "        0         0        0            0");
        }
    }
}
