package org.imsession.camel.samples;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.imsession.camel.crash.Journal;
import org.imsession.camel.json.IMSessionJson;

/** What a database has kept of one agent, as a {@link Journal} would have it. One thread at a time. */
public final class KeptEvents {

    private final IMSessionJson json = new IMSessionJson();
    private final Database database;
    private final String agent;
    private long last = -1;

    public KeptEvents(Database database, String agent) {
        this.database = database;
        this.agent = agent;
    }

    /** The lines of the rows that have come since the last time; of one agent they are committed in their order. */
    public List<String> newLines() throws SQLException {
        List<String> lines = new ArrayList<>();
        for (List<Object> row : database.query("select id, sequence, origin, json from im_events where agent = '"
                + agent + "' and id > " + last + " order by id")) {
            last = ((Number) row.get(0)).longValue();
            lines.add(Journal.line(json.parse((String) row.get(3)), row.get(2), row.get(1),
                    "redelivered".equals(row.get(2))));
        }
        return lines;
    }
}
