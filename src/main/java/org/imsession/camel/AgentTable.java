package org.imsession.camel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.apache.camel.RuntimeCamelException;
import org.imsession.camel.feed.FeedStatus;
import org.imsession.camel.fleet.TeamStatus;

/** What JMX shows of each agent of a team: a row for each, or the line of one. */
final class AgentTable {

    private static final String AGENT = "agent";
    private static final String[] COLUMNS = { AGENT, "state", "since", "reason", "attempts", "lastEvent", "received",
            "pending", "gaps", "reconnects" };
    private static final OpenType<?>[] TYPES = { SimpleType.STRING, SimpleType.STRING, SimpleType.STRING,
            SimpleType.STRING, SimpleType.INTEGER, SimpleType.STRING, SimpleType.LONG, SimpleType.INTEGER,
            SimpleType.LONG, SimpleType.LONG };

    private AgentTable() {
    }

    /** A row for each agent, by name. */
    static TabularData of(TeamStatus team) {
        try {
            CompositeType row = new CompositeType("IMSessionAgent", "An agent and its feed", COLUMNS, COLUMNS, TYPES);
            TabularData table = new TabularDataSupport(
                    new TabularType("IMSessionAgents", "Agents by name", row, new String[] { AGENT }));
            for (FeedStatus status : team.agents()) {
                table.put(new CompositeDataSupport(row, values(status)));
            }
            return table;
        } catch (OpenDataException e) {
            throw new RuntimeCamelException(e); // the columns are constant
        }
    }

    /** The same of one agent in one line. */
    static String line(FeedStatus status) {
        Map<String, Object> values = values(status);
        return Arrays.stream(COLUMNS).map(column -> column + "=" + values.get(column))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Object> values(FeedStatus status) {
        Object[] values = { status.agent(), status.state().name(), status.since().toString(), status.reason(),
                status.attempts(), status.lastEventAt().map(Object::toString).orElse(""), status.received(),
                status.pending(), status.gaps(), status.reconnects() };
        Map<String, Object> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS.length; i++) {
            byColumn.put(COLUMNS[i], values[i]);
        }
        return byColumn;
    }
}
