package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.Map;
import org.imsession.camel.consumer.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of another version, or none, are told of at the start, and not by what fails hours later. */
class SqlSchemaTest extends WithDatabase {

    @RegisterExtension
    final LogLines log = new LogLines();

    @ParameterizedTest
    @CsvSource({ "update im_schema set version = 0, version 0, run routes/sql/postgresql.sql",
        "insert into im_schema (version) values (2), version 2, take the routes/sql of the version that made",
        "alter table im_schema rename to away, has not the tables, run routes/sql/postgresql.sql" })
    void tablesThatAreNotThoseOfTheRoutesAreNamedWithTheRemedy(String change, String what, String remedy)
            throws Exception {
        database.update(change);
        try (BuildingNode node = start()) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> known(node) != null);
            await().atMost(SampleRoutes.PATIENCE).until(() -> !log.with(remedy).isEmpty());
            assertThat(log.with(remedy)).singleElement().asString().contains("ERROR", what, "start again");
        }
    }

    /** What the files of tables make is what the routes look for. */
    @Test
    void theTablesAsTheyAreMadeAreThoseOfTheRoutes() throws Exception {
        try (BuildingNode node = start()) {
            await().atMost(SampleRoutes.PATIENCE).until(() -> known(node) != null);
            assertThat(known(node)).isEqualTo(1);
        }
        assertThat(log.with("ERROR")).isEmpty();
    }

    private static Object known(BuildingNode node) {
        return node.context().getVariable("imSqlSchema");
    }

    /** Connections of H2 make the tables themselves, and ask for their version. */
    private BuildingNode start() throws Exception {
        Map<String, String> properties = new HashMap<>(database.properties(folder));
        properties.computeIfPresent("camel.beans.imDatabase.jdbcUrl", (name, url) -> url.replaceAll(";INIT=.*", ""));
        properties.put("camel.beans.imDatabase.connectionTestQuery", "select 1");
        properties.put("camel.main.routes-include-pattern", "file:routes/sql/sink.yaml");
        return BuildingNode.start(database, folder, exchange -> { }, properties);
    }
}
