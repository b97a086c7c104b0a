package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.imsession.camel.consumer.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of an event that the database refuses: which one and why, and not what somebody has written. */
class SqlRefusalTest extends WithDatabase {

    private static final String SECRET = "what nobody is to read in a log";

    @RegisterExtension
    final LogLines log = new LogLines();

    /** H2 quotes the value that is too long, PostgreSQL the row that fails a check. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "alter column text set data type varchar(20); SQL state 22001, (column text|type character varying\\(20\\))",
        "add constraint im_short check (char_length(text) < 20); SQL state 2351[34], .*constraint im_short",
        "add column needed varchar(9) not null; SQL state 23502, column needed(, relation im_texts)?" })
    void theValueIsInNoLogAndInNoRow(String change, String why) throws Exception {
        database.update("alter table im_texts " + change);
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, database.settings(), database.properties(folder))) {
            gws.agent("alice").session().talks().says(SECRET).complete();
            await().atMost(SampleRoutes.PATIENCE).until(() -> database.count("select count(*) from im_events") == 2);
            assertThat(log.with("is refused by the database")).singleElement().asString().contains("WARN",
                    "server=" + gws.url(), "agent=alice", "sequence=").containsPattern(why + ", for what is in it");
            assertThat(log.with("IMS-022")).isNotEmpty().first().asString().containsPattern(why);
            assertThat(log.with(SECRET)).isEmpty();
            assertThat((String) database.query("select detail from im_not_kept").get(0).get(0))
                    .matches("by the database, " + why);
            JsonNode kept = new JsonMapper().readTree(Files.readString(folder.resolve("dead-letter/sql.jsonl")));
            assertThat(kept.path("reason").asText()).containsPattern(why).doesNotContain(SECRET);
            assertThat(kept.path("event").path("message").asText()).isEqualTo(SECRET);
        }
        assertThat(traces()).noneMatch(text -> text.contains(SECRET));
    }

    /** H2 writes errors with their values into a file beside the database, unless it is told not to. */
    private List<String> traces() throws Exception {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().contains(".trace.db")).toList()) {
                texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }

    /** The address as it is delivered, for the tests have one of their own. */
    @Test
    void theDeliveredAddressOfH2WritesNoTrace() throws Exception {
        Properties delivered = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("routes/sql/h2.properties"))) {
            delivered.load(reader);
        }
        String url = delivered.getProperty("camel.beans.imDatabase.jdbcUrl").replace("./{{im.sql.dir}}",
                folder.resolve("delivered").toAbsolutePath().toString());
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table short (text varchar(20))");
            assertThatThrownBy(() -> statement.execute("insert into short values ('" + SECRET + "')"))
                    .hasMessageContaining(SECRET);
        }
        assertThat(folder.resolve("delivered/im.mv.db")).exists();
        assertThat(folder.resolve("delivered/im.trace.db")).doesNotExist();
    }
}
