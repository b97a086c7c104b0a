package org.imsession.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.agents.CallState;
import org.imsession.simulator.agents.Conversation;
import org.imsession.simulator.agents.RefusedException;

/**
 * The IM session of an agent. The subject of each verb is that agent: {@link #says(String)} is its own text, which
 * comes back to it as an echo, {@link #hears(String)} a text of the other party. Notifications go to both parties, as
 * far as they are agents. An operation that does not fit the state throws {@link RefusedException}, as the server
 * refuses it.
 */
public final class SimulatedSession {

    private static final JsonMapper JSON = new JsonMapper();

    private final Agent agent;
    private final Conversation conversation;

    SimulatedSession(Agent agent, Conversation conversation) {
        this.agent = agent;
        this.conversation = conversation;
    }

    /**
     * The id.
     *
     * @return the id
     */
    public String id() {
        return conversation.id();
    }

    /**
     * The path, by which notifications name the session.
     *
     * @return {@code /im-sessions/{id}}
     */
    public String path() {
        return conversation.path();
    }

    /**
     * The number of the other party.
     *
     * @return the number
     */
    public String peerNumber() {
        return conversation.peerNumberOf(agent);
    }

    /**
     * The state as the agent sees it, as GWS names it.
     *
     * @return Initiating, Alerting, Talking or Completed
     */
    public String state() {
        return conversation.stateOf(agent).wireName();
    }

    /**
     * The state is told as it is: of a new session with somebody outside, Alerting.
     *
     * @return this
     */
    public SimulatedSession rings() {
        conversation.announce();
        return published();
    }

    /**
     * The call is answered: both parties talk. Nothing happens when they do already.
     *
     * @return this
     */
    public SimulatedSession talks() {
        conversation.answer();
        return published();
    }

    /**
     * The agent says something; when nobody talks yet, the call is answered first.
     *
     * @param text the text
     * @return this
     */
    public SimulatedSession says(String text) {
        conversation.answer();
        conversation.say(agent, text);
        return published();
    }

    /**
     * The other party says something; when nobody talks yet, the call is answered first.
     *
     * @param text the text
     * @return this
     */
    public SimulatedSession hears(String text) {
        conversation.answer();
        conversation.hear(agent, text);
        return published();
    }

    /**
     * User data is attached; known keys are overwritten.
     *
     * @param userData keys and values, which may be texts, numbers, maps and lists
     * @return this
     */
    public SimulatedSession attach(Map<String, ?> userData) {
        conversation.attach(JSON.convertValue(userData, ObjectNode.class));
        return published();
    }

    /**
     * One key of the user data is deleted.
     *
     * @param key the key
     * @return this
     */
    public SimulatedSession delete(String key) {
        conversation.delete(key);
        return published();
    }

    /**
     * The session ends for both parties.
     *
     * @return this
     */
    public SimulatedSession complete() {
        conversation.complete();
        return published();
    }

    /**
     * Whether the session has ended.
     *
     * @return true when it has
     */
    public boolean isCompleted() {
        return conversation.stateOf(agent) == CallState.COMPLETED;
    }

    private SimulatedSession published() {
        conversation.publish();
        return this;
    }
}
