package org.imsession.camel.samples;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.imsession.camel.store.PrivateFolders;

/** A database for the routes of {@code routes/sql}: that which {@code -Dimsession.database} names, H2 by default. */
public interface Database extends AutoCloseable {

    /** What Camel Main reads: the settings as they are delivered. */
    String SETTINGS = "file:routes/application.properties,file:routes/sql/sql.properties,file:routes/sql/";

    /** An empty one, with its tables. */
    static Database start(Path folder) throws Exception {
        String name = System.getProperty("imsession.database", "h2").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "h2" -> new H2(folder);
            case "postgresql" -> new PostgreSql();
            default -> throw new IllegalArgumentException("imsession.database is h2 or postgresql, not " + name);
        };
    }

    /** The settings of this database, and those in front of them. */
    String settings();

    /** The properties that say where it is. */
    Map<String, String> properties();

    /** A connection of its own. */
    Connection connect() throws SQLException;

    /** The rows of a query, column by column, times as text. */
    default List<List<Object>> query(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<Object>> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    Object value = rows.getObject(column);
                    row.add(value instanceof Number || value instanceof Boolean || value == null ? value
                            : rows.getString(column));
                }
                all.add(row);
            }
            return all;
        }
    }

    /** The number that a query gives. */
    default long count(String sql) {
        try {
            return ((Number) query(sql).get(0).get(0)).longValue();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Does it. */
    default int update(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Leaves it to another process, until it is asked again. */
    default void leave() throws SQLException {
    }

    /** The settings of routes that keep everything there, and write what else they write below a folder. */
    default Map<String, String> properties(Path folder) {
        Map<String, String> properties = new LinkedHashMap<>(properties());
        for (String kind : List.of("state-changes", "messages", "unknown")) {
            properties.put("im.to." + kind, "direct:sql");
        }
        properties.put("im.sql.dir", folder.resolve("database").toString());
        properties.put("im.sql.dead-letter-dir", folder.resolve("dead-letter").toString());
        properties.put("im.reconciliation.dir", folder.resolve("reconciliation").toString());
        properties.put("im.retention.folder", folder.resolve("im").toString());
        return properties;
    }

    @Override
    void close() throws Exception;

    /** In a folder of the test and in its process. */
    final class H2 implements Database {

        private static final String TABLES = ";INIT=RUNSCRIPT FROM 'routes/sql/h2.sql'";
        private final String url;
        private final Connection first;

        H2(Path folder) throws SQLException {
            this(folder, "file");
        }

        /** On another disk, by the name that H2 knows it by. */
        H2(Path folder, String disk) throws SQLException {
            new PrivateFolders().setFolders(folder.resolve("database").toString());
            url = "jdbc:h2:" + disk + ":" + folder.resolve("database/im").toAbsolutePath()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0";
            first = DriverManager.getConnection(url + TABLES);
        }

        @Override
        public String settings() {
            return SETTINGS + "h2.properties";
        }

        @Override
        public Map<String, String> properties() {
            Map<String, String> properties = new LinkedHashMap<>();
            properties.put("camel.beans.imDatabase.jdbcUrl", url + TABLES);
            return properties;
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url);
        }

        @Override
        public void leave() throws SQLException {
            first.close();
        }

        @Override
        public void close() throws SQLException {
            first.close();
        }
    }
}
