package org.imsession.camel.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.imsession.camel.conversation.Chat;
import org.imsession.camel.conversation.ConversationBuilder;
import org.imsession.camel.conversation.IMConversation;

/** A node that builds conversations of what is in a database, and hears of no agent. */
final class BuildingNode implements AutoCloseable {

    record Taken(IMConversation conversation, String id, String key) {
    }

    private final Main main = new Main();
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();

    /**
     * @param sink what direct:taken does with an exchange before it is noted; where conversations go by default
     */
    static BuildingNode start(Database database, Path folder, Consumer<Exchange> sink, Map<String, String> properties)
            throws Exception {
        BuildingNode node = new BuildingNode();
        Map<String, String> settings = new HashMap<>(Map.of("im.to.conversations", "direct:taken",
                "im.conversations.period", "50", "im.conversations.settle", "0",
                "camel.main.routes-include-pattern", "file:routes/sql/conversation*.yaml",
                "im.conversations.dir", folder.resolve("conversations").toString(), "im.server", "http://127.0.0.1:1",
                "im.sql.dead-letter-dir", folder.resolve("dead-letter").toString(), "im.observe", "false"));
        settings.putAll(database.properties());
        settings.putAll(properties);
        String[] files = database.settings().split(",", 2);
        node.main.setPropertyPlaceholderLocations(files[1]);
        settings.forEach(node.main::addOverrideProperty);
        node.main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:taken").errorHandler(noErrorHandler()).process(exchange -> {
                    sink.accept(exchange);
                    node.taken.add(new Taken(exchange.getMessage().getBody(IMConversation.class),
                            exchange.getMessage().getHeader(ConversationBuilder.CONVERSATION_ID, String.class),
                            exchange.getMessage().getHeader(ConversationBuilder.CONVERSATION_KEY, String.class)));
                });
            }
        });
        node.main.start();
        return node;
    }

    /** What it was told, in order. */
    List<Taken> taken() {
        return List.copyOf(taken);
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Hands a body to a route of this node. */
    void send(String endpoint, Object body) throws IOException {
        send(endpoint, body, Map.of());
    }

    void send(String endpoint, Object body, Map<String, Object> headers) throws IOException {
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            template.sendBodyAndHeaders(endpoint, body, headers);
        }
    }

    @Override
    public void close() throws Exception {
        AutoCloseable pool = main.getCamelContext().getRegistry().lookupByNameAndType("imDatabase",
                AutoCloseable.class);
        main.stop();
        pool.close();
    }

    /** Puts rows into the tables as the sink does. */
    static void keep(Database database, Chat chat) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement event = connection.prepareStatement("insert into im_events (server, agent, sequence,"
                        + " bayeux_session, number, received_at, session_id, message_type, origin, direction, json)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (Map<String, Object> row : chat.rows()) {
                String sequence = (String) row.get("sequence");
                event.setObject(1, row.get("server"));
                event.setObject(2, row.get("agent"));
                event.setObject(3, sequence);
                event.setObject(4, sequence.substring(0, sequence.indexOf('-')));
                event.setLong(5, Long.parseLong(sequence.substring(sequence.indexOf('-') + 1)));
                event.setObject(6, row.get("received_at"));
                event.setObject(7, row.get("session_id"));
                event.setObject(8, "any");
                event.setObject(9, row.get("origin"));
                event.setObject(10, row.get("direction"));
                event.setObject(11, row.get("json"));
                event.executeUpdate();
            }
        }
        for (Map<String, Object> row : chat.rows()) {
            noteSession(database, row);
        }
    }

    private static void noteSession(Database database, Map<String, Object> row) throws SQLException {
        String key = "server = '" + row.get("server") + "' and agent = '" + row.get("agent") + "' and session_id = '"
                + row.get("session_id") + "'";
        OffsetDateTime at = (OffsetDateTime) row.get("received_at");
        database.update("insert into im_conversations (server, agent, session_id, begun_at, last_event_at,"
                + " last_event_id) select server, agent, session_id, min(received_at), max(received_at), max(id)"
                + " from im_events where " + key + " group by server, agent, session_id on conflict do nothing");
        database.update("update im_conversations set last_event_id = (select max(id) from im_events where " + key
                + "), last_event_at = timestamp with time zone '" + at + "'"
                + (((String) row.get("json")).contains("Completed")
                ? ", completed_at = timestamp with time zone '" + at + "'" : "") + " where " + key);
    }
}
