package org.imsession.camel.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.camel.feed.AgentFeed;
import org.imsession.camel.feed.FeedThreads;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsJson;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.json.IMSessionJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feeds of a component and what they share: threads, and one HTTP client for all whose HTTP settings are equal.
 * There is one feed for an agent at a server, whoever wants it. Safe for use by several threads.
 */
public final class Fleet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final FeedThreads threads;
    private final GwsJson gwsJson;
    private final Map<HttpSettings, HttpClient> clients = new HashMap<>();
    private final Map<Connection.Key, SharedFeed> feeds = new ConcurrentHashMap<>();

    /**
     * @param threads what all feeds run on; not shut down here
     */
    public Fleet(FeedThreads threads) {
        this.threads = threads;
        IMSessionJson json = new IMSessionJson();
        this.gwsJson = new GwsJson(json::readObject, json::writeBytes, json::readSessions, json::readSession);
    }

    /**
     * The feed of an agent; nothing is sent before it is started.
     *
     * @throws IllegalArgumentException if the agent is in use with another connection
     */
    public synchronized SharedFeed feed(Connection connection) {
        SharedFeed known = feeds.get(connection.key());
        if (known != null && (known.inUse() || known.connection().equals(connection))) {
            List<String> differences = known.connection().differences(connection);
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException("Agent " + connection.feed().agent() + " at "
                        + connection.feed().server() + " is followed already with other " + differences
                        + ". Endpoints of one agent share one session, so give them the same options");
            }
            return known;
        }
        SharedFeed made = new SharedFeed(connection, make(connection));
        feeds.put(connection.key(), made);
        return made;
    }

    private AgentFeed make(Connection connection) {
        HttpClient http = clients.computeIfAbsent(connection.http(), Fleet::startClient);
        String agent = connection.feed().agent();
        GwsSession gws = new GwsSession(agent, connection.gws(), http, connection.credentials(), gwsJson,
                threads.clock());
        return new AgentFeed(connection.feed(), threads, http, gws, new IMSessionJson(connection.limits())::read,
                connection.store());
    }

    private static HttpClient startClient(HttpSettings settings) {
        try {
            HttpClient client = new GwsHttpClient(settings);
            client.start();
            return client;
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client " + settings.name() + " cannot start", e);
        }
    }

    /** All feeds, started or not. */
    public List<AgentFeed> feeds() {
        List<AgentFeed> all = new ArrayList<>();
        feeds.values().forEach(shared -> all.add(shared.feed()));
        return all;
    }

    /** Closes the HTTP clients; the feeds should have been stopped before. */
    @Override
    public synchronized void close() {
        feeds.clear();
        clients.values().forEach(client -> {
            try {
                client.stop();
            } catch (Exception e) {
                LOG.warn("IMS-902 The HTTP client {} did not stop: {}", client.getName(), e.toString());
            }
        });
        clients.clear();
    }
}
