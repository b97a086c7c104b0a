package org.imsession.camel.conversation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.conversation.IMConversation.Direction;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.SafeFileName;

/**
 * A step of a route that makes an {@link IMConversation} of the rows that a database has kept, as a bean:
 *
 * <pre>
 * camel.beans.imConversations = #class:org.imsession.camel.conversation.ConversationBuilder
 * camel.beans.imConversations.zone = Europe/Berlin
 * </pre>
 *
 * The body is a list of rows, one for each event that any followed agent heard of the session, of each agent in the
 * order of its feed, with the columns {@code server}, {@code agent}, {@code session_id}, {@code sequence}, {@code
 * received_at}, {@code origin}, {@code direction} and {@code json} (the notification's canonical JSON, null where
 * retention has removed it). The header {@link IMSessionConstants#AGENT} says whose conversation it is to be. The
 * header {@link #GAPS} has a row for each gap of these agents' feeds, with the columns {@code agent}, {@code from_at},
 * {@code to_at}, {@code reason}, {@code certainty} and {@code detail}; {@link #HOLES} a row with {@code agent} for each
 * of whose feeds an event is missing. Both are taken away. It knows no database: a column is what a map has under its
 * name.
 * <p>
 * The headers of the conversation are {@link #CONVERSATION_ID}, {@link #CONVERSATION_KEY}, {@link #COMPLETE},
 * {@link #TIME_ZONE} and those of {@link IMSessionConstants} that say whose and which session it is. May be used by any
 * number of threads.
 */
public class ConversationBuilder implements Processor {

    /** Header, text: {@link IMConversation#id()}. */
    public static final String CONVERSATION_ID = "CamelIMSessionConversationId";
    /** Header, text: {@link IMConversation#key()}. */
    public static final String CONVERSATION_KEY = "CamelIMSessionConversationKey";
    /** Header, boolean: {@link IMConversation#complete()}. */
    public static final String COMPLETE = "CamelIMSessionComplete";
    /** Header, text: the zone of times that people read. */
    public static final String TIME_ZONE = "CamelIMSessionTimeZone";
    /** Header: the rows of gaps; read and taken away. */
    public static final String GAPS = "CamelIMSessionGaps";
    /** Header: a row for each agent of whose feed an event is missing; read and taken away. */
    public static final String HOLES = "CamelIMSessionHoles";

    private final IMSessionJson json = new IMSessionJson();
    private String zone = "UTC";

    /**
     * The zone of times that people read: in texts, pages, mails and names of files. JSON has UTC.
     *
     * @param zone such as {@code Europe/Berlin}; not {@code null}
     * @throws IllegalArgumentException if it is none
     */
    public void setZone(String zone) {
        try {
            this.zone = ZoneId.of(zone.strip()).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone is " + LogText.escape(zone)
                    + ", which is no time zone; give one such as Europe/Berlin or UTC", e);
        }
    }

    public String getZone() {
        return zone;
    }

    /**
     * @throws IllegalArgumentException if a column or a header is missing or is not what it should be, or if the agent
     *                                  has heard nothing of the session
     */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        List<Map<?, ?>> rows = rows(message.getBody(), "The body");
        List<FeedGap> gaps = rows(message.removeHeader(GAPS), "The header " + GAPS).stream()
                .map(ConversationBuilder::gap).toList();
        Set<String> holes = new HashSet<>();
        rows(message.removeHeader(HOLES), "The header " + HOLES).forEach(row -> holes.add(text(row, "agent")));
        String agent = message.getHeader(IMSessionConstants.AGENT, "", String.class);
        Map<?, ?> first = rows.stream().filter(row -> text(row, "agent").equals(agent) && row.get("json") != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no event of the agent of the header "
                        + IMSessionConstants.AGENT + ", " + LogText.escape(agent)
                        + "; select the events of the session"));
        List<Heard> heard = new ArrayList<>();
        for (Map<?, ?> row : rows) {
            if (row.get("json") == null) { // retention has removed what it said
                holes.add(text(row, "agent"));
            } else {
                heard.add(heard(row));
            }
        }
        fill(message, Assembly.of(text(first, "server"), text(first, "session_id"), agent, heard, gaps, holes));
    }

    private void fill(Message message, IMConversation conversation) {
        message.setHeader(CONVERSATION_ID, conversation.id());
        message.setHeader(CONVERSATION_KEY, conversation.key());
        message.setHeader(COMPLETE, conversation.complete());
        message.setHeader(TIME_ZONE, zone);
        message.setHeader(IMSessionConstants.SERVER_URL, conversation.server());
        message.setHeader(IMSessionConstants.AGENT_FILE_NAME, SafeFileName.ofAgent(conversation.agent()));
        message.setHeader(IMSessionConstants.ID, conversation.sessionId());
        message.setHeader(IMSessionConstants.FILE_NAME, SafeFileName.of(conversation.sessionId()));
        message.setBody(conversation);
    }

    private Heard heard(Map<?, ?> row) {
        return new Heard(text(row, "agent"), text(row, "sequence"), time(row, "received_at"), text(row, "origin"),
                direction(row), json.parse(text(row, "json")));
    }

    private static FeedGap gap(Map<?, ?> row) {
        return new FeedGap(text(row, "agent"), time(row, "from_at"), time(row, "to_at"),
                constant(row, "reason", FeedGap.Reason.class), constant(row, "certainty", FeedGap.Certainty.class),
                text(row, "detail"));
    }

    private static <E extends Enum<E>> E constant(Map<?, ?> row, String column, Class<E> type) {
        try {
            return Enum.valueOf(type, text(row, column));
        } catch (IllegalArgumentException e) {
            throw missing(row, column, "one of " + List.of(type.getEnumConstants()));
        }
    }

    private static List<Map<?, ?>> rows(Object value, String where) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (value instanceof Collection<?> all && all.stream().allMatch(Map.class::isInstance)) {
            all.forEach(row -> rows.add((Map<?, ?>) row));
        } else if (value != null) {
            throw new IllegalArgumentException(where + " is no list of rows, but a " + value.getClass().getName());
        }
        return rows;
    }

    /** None for what is no text, and then the column is empty. */
    private static Direction direction(Map<?, ?> row) {
        String label = row.get("direction") == null ? "" : text(row, "direction");
        for (Direction direction : Direction.values()) {
            if (direction.name().equals(label.toUpperCase(Locale.ROOT))) {
                return direction;
            }
        }
        return Direction.UNKNOWN;
    }

    private static String text(Map<?, ?> row, String column) {
        if (row.get(column) instanceof String text) {
            return text;
        }
        throw missing(row, column, "text");
    }

    private static Instant time(Map<?, ?> row, String column) {
        Object value = row.get(column);
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Date time) {
            return time.toInstant(); // a Timestamp of JDBC, too
        }
        if (value instanceof Number millis) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        throw missing(row, column, "a time");
    }

    private static IllegalArgumentException missing(Map<?, ?> row, String column, String expected) {
        Object found = row.get(column);
        return new IllegalArgumentException("A row has no column " + column + " with " + expected + "; "
                + (found == null ? "it is missing or null" : "it is a " + found.getClass().getName()));
    }
}
