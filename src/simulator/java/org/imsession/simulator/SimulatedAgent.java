package org.imsession.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.agents.Conversation;
import org.imsession.simulator.agents.RefusedException;
import org.imsession.simulator.bayeux.BayeuxNode;

/**
 * What a test can do with an agent, on the server's side: let things happen to it, and ask what the server knows of it.
 */
public final class SimulatedAgent {

    private final GwsServer server;
    private final Agent agent;

    SimulatedAgent(GwsServer server, Agent agent) {
        this.server = server;
        this.agent = agent;
    }

    /**
     * The login name.
     *
     * @return the name
     */
    public String name() {
        return agent.name();
    }

    /**
     * The number of its device, by which others call it.
     *
     * @return the number
     */
    public String phoneNumber() {
        return agent.phoneNumber();
    }

    /**
     * The path of its device, as operations name it.
     *
     * @return the path
     */
    public String devicePath() {
        return agent.devicePath();
    }

    /**
     * Lets the agent log in with a bearer token, too.
     *
     * @param token the token
     * @return this
     */
    public SimulatedAgent token(String token) {
        server.switchboard().giveToken(agent, token);
        return this;
    }

    /**
     * Makes all bearer tokens of the agent invalid.
     *
     * @return this
     */
    public SimulatedAgent revokeTokens() {
        server.switchboard().revokeTokens(agent);
        return this;
    }

    /**
     * Gives or takes the feature api-voice-instant-messaging.
     *
     * @param value whether the agent has it from now on
     * @return this
     */
    public SimulatedAgent instantMessaging(boolean value) {
        agent.instantMessaging(value);
        return this;
    }

    /**
     * The IM session of the agent; when there is none, a new one with somebody outside, of which the agent is told
     * nothing yet.
     *
     * @return the session
     */
    public SimulatedSession session() {
        return session(agent.current().orElseGet(() -> server.switchboard().callFromOutside(agent)));
    }

    /**
     * Whether the agent is in an IM session.
     *
     * @return true when it is
     */
    public boolean hasSession() {
        return agent.current().isPresent();
    }

    /**
     * Calls another agent, who does not answer by itself.
     *
     * @param name the other's login name
     * @return the session, as this agent sees it
     * @throws RefusedException when this agent is in a session already
     */
    public SimulatedSession calls(String name) {
        String number = server.known(name).phoneNumber();
        Conversation conversation =
                server.switchboard().call(agent, number, JsonNodeFactory.instance.objectNode(), false);
        conversation.publish();
        return session(conversation);
    }

    /**
     * Calls another agent, who answers.
     *
     * @param name the other's login name
     * @return the session, as this agent sees it
     * @throws RefusedException when this agent is in a session already
     */
    public SimulatedSession talksTo(String name) {
        return calls(name).talks();
    }

    private SimulatedSession session(Conversation conversation) {
        return new SimulatedSession(agent, conversation);
    }

    /**
     * Publishes any data to the agent on the topic of IM sessions.
     *
     * @param json the text of {@code data}, sent letter by letter
     * @return this
     */
    public SimulatedAgent sendRaw(String json) {
        server.bayeux().ifPresent(node -> node.publish(agent.name(), GwsServer.TOPIC, json));
        return this;
    }

    /**
     * Sends data on any channel to all Bayeux sessions of the agent, whether they have subscribed to it or not.
     *
     * @param channel the channel
     * @param json    the text of {@code data}, sent letter by letter
     * @return this
     */
    public SimulatedAgent publishOn(String channel, String json) {
        server.bayeux().ifPresent(node -> node.push(agent.name(), channel, json));
        return this;
    }

    /**
     * Lets events pour on the agent: each {@code /meta/connect} is answered at once with what a source gives, as fast
     * as they come, until it gives nothing.
     *
     * @param source gives the texts of {@code data} of the events of one answer; called by threads of the server
     * @return this
     */
    public SimulatedAgent flood(Supplier<List<String>> source) {
        server.bayeux().ifPresent(node -> node.flood(agent.name(), GwsServer.TOPIC, source));
        return this;
    }

    /**
     * Sends data as soon as the agent shakes hands, before it can have subscribed; with
     * {@link org.imsession.simulator.settings.GwsSwitch#MESSAGES_IN_HANDSHAKE} in the reply to the handshake itself.
     *
     * @param json the text of {@code data}, sent letter by letter
     * @return this
     */
    public SimulatedAgent greetsWith(String json) {
        server.greetings().add(agent.name(), json);
        return this;
    }

    /**
     * Removes the agent's Bayeux sessions as if they had expired: the next message gets {@code 402}. A held
     * {@code /meta/connect} is answered.
     */
    public void dropBayeuxSession() {
        server.bayeux().ifPresent(node -> node.drop(agent.name()));
    }

    /** Ends the agent's Bayeux sessions from the server's side, with {@code /meta/disconnect}. */
    public void disconnectSession() {
        server.bayeux().ifPresent(node -> node.disconnect(agent.name()));
    }

    /** Ends the agent's HTTP sessions: its cookie is worth nothing any more. */
    public void expireHttpSession() {
        server.webSessions().expire(agent.name());
    }

    /** Answers the held {@code /meta/connect} of the agent now, so that the next one comes soon. */
    public void answerHeldConnect() {
        server.bayeux().ifPresent(node -> node.answerConnect(agent.name()));
    }

    /**
     * The HTTP sessions of the agent.
     *
     * @return their number
     */
    public int httpSessions() {
        return server.webSessions().count(agent.name());
    }

    /**
     * The Bayeux sessions of the agent.
     *
     * @return their client ids, oldest first
     */
    public List<String> clientIds() {
        return node().map(node -> node.clientIds(agent.name())).orElse(List.of());
    }

    /**
     * The Bayeux sessions of the agent that have subscribed to the topic of IM sessions.
     *
     * @return their number
     */
    public int subscribers() {
        return node().map(node -> node.subscribers(agent.name(), GwsServer.TOPIC)).orElse(0);
    }

    /**
     * Waits until a Bayeux session of the agent has subscribed to the topic of IM sessions.
     *
     * @param timeout how long to wait
     * @return whether one has in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean awaitSubscribed(Duration timeout) throws InterruptedException {
        return awaitSubscribers(1, timeout);
    }

    /**
     * Waits until as many Bayeux sessions of the agent are subscribed to the topic of IM sessions.
     *
     * @param number  their number, 0 to wait until all have gone
     * @param timeout how long to wait
     * @return whether it was so in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean awaitSubscribers(int number, Duration timeout) throws InterruptedException {
        return server.changes().await(() -> subscribers() == number, timeout);
    }

    /**
     * The Bayeux sessions of the agent whose {@code /meta/connect} the server holds.
     *
     * @return their number
     */
    public int heldConnects() {
        return node().map(node -> node.heldConnects(agent.name())).orElse(0);
    }

    /**
     * Waits until the server holds a {@code /meta/connect} of the agent.
     *
     * @param timeout how long to wait
     * @return whether it did in time
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean awaitHeldConnect(Duration timeout) throws InterruptedException {
        return server.changes().await(() -> heldConnects() > 0, timeout);
    }

    /**
     * The messages that the server keeps for the agent, because they have not been acknowledged; without the
     * acknowledge extension, because they have not been written.
     *
     * @return their number
     */
    public int queued() {
        return node().map(node -> node.held(agent.name())).orElse(0);
    }

    /**
     * The batch that the agent's newest Bayeux session has acknowledged last.
     *
     * @return its number, 0 when there is none
     */
    public long lastAcknowledgedBatch() {
        return node().map(node -> node.lastAcknowledgedBatch(agent.name())).orElse(0L);
    }

    /**
     * The notifications queued for Bayeux sessions of the agent since the first start; two sessions count twice.
     *
     * @return their number
     */
    public long eventsSent() {
        return server.counters().sent(agent.name());
    }

    /**
     * The notifications published while nobody listened for the agent: it never gets them.
     *
     * @return their number
     */
    public long eventsMissed() {
        return server.counters().missed(agent.name());
    }

    private Optional<BayeuxNode> node() {
        return server.bayeux();
    }
}
