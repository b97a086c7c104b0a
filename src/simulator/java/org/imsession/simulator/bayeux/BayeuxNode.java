package org.imsession.simulator.bayeux;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.AbstractServerTransport;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.JSONContextServer;
import org.cometd.server.ServerSessionImpl;
import org.cometd.server.http.AbstractHttpTransport;
import org.cometd.server.http.JSONHttpTransport;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;

/**
 * One life of the CometD server, from start to stop; a restart makes a new one. Long polling only: "does not currently
 * support web sockets" (GWS deployment guide, CometD).
 */
public final class BayeuxNode {

    /** The request attribute that holds the name of the agent whose request it is. */
    public static final String AGENT_ATTRIBUTE = "org.imsession.simulator.agent";

    private final Supplier<GwsSettings> settings;
    private final AgentSessions sessions = new AgentSessions();
    private final CountedAcknowledgements acknowledgements = new CountedAcknowledgements();
    private final DeliveryCounters counters;
    private final Greetings greetings;
    private final Changes changes;
    private final HeldConnects heldConnects;
    private final Floods floods = new Floods(this::deliverTogether);
    private final BayeuxServerImpl bayeux;

    /**
     * A server that is not started; the CometD servlet starts it.
     *
     * @param settings  the settings now in force
     * @param counters  counts what is sent
     * @param greetings what is sent into handshake replies
     * @param changes   is told when sessions or subscriptions change
     */
    public BayeuxNode(Supplier<GwsSettings> settings, DeliveryCounters counters, Greetings greetings,
                      Changes changes) {
        this.settings = settings;
        this.counters = counters;
        this.greetings = greetings;
        this.changes = changes;
        this.heldConnects = new HeldConnects(changes);
        GwsSettings now = settings.get();
        this.bayeux = now.has(GwsSwitch.COMETD_3_ERROR_TEXTS) ? new Gws3BayeuxServer() : new BayeuxServerImpl();
        configure(now);
        bayeux.setSecurityPolicy(new AgentsOnly());
        if (now.has(GwsSwitch.ACK_EXTENSION)) {
            bayeux.addExtension(acknowledgements);
        }
        bayeux.addListener(new SessionsByAgent());
        bayeux.addListener(new SubscriptionChanges());
    }

    private void configure(GwsSettings now) {
        bayeux.setTransports(new JSONHttpTransport(bayeux));
        JSONContextServer json = new VerbatimJson();
        bayeux.setOption(AbstractServerTransport.JSON_CONTEXT_OPTION, json);
        bayeux.setOption(AbstractServerTransport.TIMEOUT_OPTION, now.timeout().toMillis());
        bayeux.setOption(AbstractServerTransport.INTERVAL_OPTION, now.interval().toMillis());
        bayeux.setOption(AbstractServerTransport.MAX_INTERVAL_OPTION, now.maxInterval().toMillis());
        bayeux.setOption(AbstractServerTransport.HANDSHAKE_RECONNECT_OPTION,
                now.has(GwsSwitch.ADVERTISE_MAX_INTERVAL));
        bayeux.setOption(AbstractServerTransport.ALLOW_MESSAGE_DELIVERY_DURING_HANDSHAKE,
                now.has(GwsSwitch.MESSAGES_IN_HANDSHAKE));
        bayeux.setOption(AbstractHttpTransport.MAX_SESSIONS_PER_BROWSER_OPTION, now.maxSessionsPerBrowser());
        bayeux.setOption(BayeuxServerImpl.SWEEP_PERIOD_OPTION, sweepPeriod(now.maxInterval()));
    }

    /** CometD sweeps each 997 ms; a short maxInterval is to be kept as well. */
    private static long sweepPeriod(Duration maxInterval) {
        return Math.max(20, Math.min(997, maxInterval.toMillis() / 4));
    }

    /**
     * The server, for the CometD servlet.
     *
     * @return CometD's server
     */
    public BayeuxServer bayeux() {
        return bayeux;
    }

    /**
     * Sends data to the sessions of an agent that listen to a channel.
     *
     * @param agent   the agent's name
     * @param channel the channel
     * @param data    the JSON text of {@code data}, sent as it is
     */
    public void publish(String agent, String channel, String data) {
        List<ServerSession> listening = sessions.subscribed(agent, channel);
        if (listening.size() > 1 && !settings.get().has(GwsSwitch.ALL_SESSIONS_OF_AGENT)) {
            listening = listening.subList(listening.size() - 1, listening.size());
        }
        counters.published(agent, listening.size());
        listening.forEach(session -> deliver(session, channel, data));
    }

    /**
     * Sends data to all sessions of an agent, whether they listen to the channel or not.
     *
     * @param agent   the agent's name
     * @param channel the channel
     * @param data    the JSON text of {@code data}, sent as it is
     */
    public void push(String agent, String channel, String data) {
        List<ServerSession> all = sessions.of(agent);
        counters.published(agent, all.size());
        all.forEach(session -> deliver(session, channel, data));
    }

    /**
     * Answers each {@code /meta/connect} of an agent at once, as fast as they come, until the source gives nothing.
     *
     * @param agent   the agent's name
     * @param channel the channel
     * @param source  gives the JSON texts of {@code data} of the events of one answer
     */
    public void flood(String agent, String channel, Supplier<List<String>> source) {
        floods.begin(agent, channel, source);
        answerConnect(agent);
    }

    private void deliverTogether(ServerSession session, String channel, List<String> all) {
        counters.published(AgentSessions.ownerOf(session), all.size());
        session.batch(() -> all.forEach(data -> deliver(session, channel, data)));
    }

    private void deliver(ServerSession session, String channel, String data) {
        ServerMessage.Mutable message = bayeux.newMessage();
        message.setChannel(channel);
        VerbatimJson.put(message, data);
        session.deliver(null, message, Promise.noop());
    }

    /**
     * The sessions of an agent that listen to a channel.
     *
     * @param agent   the agent's name
     * @param channel the channel
     * @return their number
     */
    public int subscribers(String agent, String channel) {
        return sessions.subscribed(agent, channel).size();
    }

    /**
     * The Bayeux sessions of an agent.
     *
     * @param agent the agent's name
     * @return their client ids, oldest first
     */
    public List<String> clientIds(String agent) {
        return sessions.of(agent).stream().map(ServerSession::getId).toList();
    }

    /**
     * Removes the sessions of an agent as if they had expired: the next message of each gets {@code 402}.
     *
     * @param agent the agent's name
     */
    public void drop(String agent) {
        for (ServerSession session : sessions.of(agent)) {
            bayeux.removeServerSession(session, true);
            ((ServerSessionImpl) session).flush();
            // a connect that was on its way into being held
            bayeux.schedule(((ServerSessionImpl) session)::flush, 50);
        }
    }

    /**
     * Ends the sessions of an agent with a {@code /meta/disconnect} from the server.
     *
     * @param agent the agent's name
     */
    public void disconnect(String agent) {
        sessions.of(agent).forEach(ServerSession::disconnect);
    }

    /**
     * Answers the held {@code /meta/connect} of an agent now.
     *
     * @param agent the agent's name
     */
    public void answerConnect(String agent) {
        sessions.of(agent).forEach(session -> ((ServerSessionImpl) session).flush());
    }

    /**
     * The messages the server still keeps for an agent, in all of its sessions.
     *
     * @param agent the agent's name
     * @return their number
     */
    public int held(String agent) {
        return sessions.of(agent).stream().mapToInt(acknowledgements::heldFor).sum();
    }

    /**
     * The batch that the newest session of an agent acknowledged last.
     *
     * @param agent the agent's name
     * @return its number, 0 when there is none
     */
    public long lastAcknowledgedBatch(String agent) {
        List<ServerSession> all = sessions.of(agent);
        return all.isEmpty() ? 0 : acknowledgements.lastBatchOf(all.get(all.size() - 1));
    }

    /**
     * The sessions of an agent whose {@code /meta/connect} is held.
     *
     * @param agent the agent's name
     * @return their number
     */
    public int heldConnects(String agent) {
        return (int) sessions.of(agent).stream().filter(heldConnects::holds).count();
    }

    private final class SessionsByAgent implements BayeuxServer.SessionListener {
        @Override
        public void sessionAdded(ServerSession session, ServerMessage message) {
            sessions.add(session);
            session.addListener(heldConnects);
            session.addListener(floods);
            greetings.of(AgentSessions.ownerOf(session))
                    .forEach(data -> deliver(session, "/v2/me/im-sessions", data));
            changes.signal();
        }

        @Override
        public void sessionRemoved(ServerSession session, ServerMessage message, boolean timeout) {
            sessions.remove(session);
            heldConnects.forget(session);
            acknowledgements.forget(session);
            changes.signal();
        }
    }

    private final class SubscriptionChanges implements BayeuxServer.SubscriptionListener {
        @Override
        public void subscribed(ServerSession session, ServerChannel channel, ServerMessage message) {
            changes.signal();
        }

        @Override
        public void unsubscribed(ServerSession session, ServerChannel channel, ServerMessage message) {
            changes.signal();
        }
    }
}
