package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import org.imsession.camel.consumer.LogLines;
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
    }
}
