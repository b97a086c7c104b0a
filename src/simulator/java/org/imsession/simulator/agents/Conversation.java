package org.imsession.simulator.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Queue;
import org.imsession.simulator.settings.Refusal;

/**
 * An IM session between two parties. Each change puts notifications into a queue, in the order of the changes;
 * {@link #publish()} sends them. So they keep that order even when they are sent only after an HTTP reply.
 * All methods may be called from any thread.
 */
public final class Conversation {

    private record Notification(String agent, String data) {
    }

    private final String id;
    private final String otherId;
    private final Party caller;
    private final Party callee;
    private final ObjectNode userData;
    private final Documents documents;
    private final Outlet outlet;
    private final Queue<Notification> unsent = new ArrayDeque<>();
    private final Object publishing = new Object();

    Conversation(String id, String otherId, Party caller, Party callee, ObjectNode userData, Documents documents,
                 Outlet outlet) {
        this.id = id;
        this.otherId = otherId;
        this.caller = caller;
        this.callee = callee;
        this.userData = userData;
        this.documents = documents;
        this.outlet = outlet;
    }

    /**
     * The id, in the shape of a call UUID of SIP Server.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /** The id of another session, for documents whose uri does not fit. */
    String otherId() {
        return otherId;
    }

    /**
     * The path, by which notifications name the session.
     *
     * @return {@code /im-sessions/{id}}
     */
    public String path() {
        return "/im-sessions/" + id;
    }

    ObjectNode userData() {
        return userData;
    }

    /**
     * The number of the other party.
     *
     * @param agent one party
     * @return the other's number
     */
    public String peerNumberOf(Agent agent) {
        return other(agent).phoneNumber();
    }

    /**
     * The state as an agent sees it.
     *
     * @param agent one party
     * @return the state
     */
    public synchronized CallState stateOf(Agent agent) {
        return mine(agent).state();
    }

    /**
     * The resource as an agent reads it.
     *
     * @param agent one party
     * @return a new JSON object
     */
    public synchronized ObjectNode documentFor(Agent agent) {
        return documents.session(this, mine(agent), other(agent));
    }

    /** The parties get to know the states they began with: Initiating the caller, Alerting the callee. */
    public synchronized void announce() {
        stateChange(caller, "StatusChange");
        stateChange(callee, "StatusChange");
    }

    /** The callee has answered: both talk. Nothing happens when they do already. */
    public synchronized void answer() {
        refuseIf(caller.state() == CallState.COMPLETED);
        moveTo(CallState.TALKING);
    }

    /**
     * A party says something; both get it, the sender unless echoes are switched off.
     *
     * @param speaker the agent who says it
     * @param text    the text
     */
    public synchronized void say(Agent speaker, String text) {
        newMessage(mine(speaker), other(speaker), text);
    }

    /**
     * The other party of an agent says something.
     *
     * @param listener the agent who hears it
     * @param text     the text
     */
    public synchronized void hear(Agent listener, String text) {
        newMessage(other(listener), mine(listener), text);
    }

    private void newMessage(Party speaker, Party listener, String text) {
        refuseIf(speaker.state() != CallState.TALKING);
        String data = documents.newMessage(this, text).toString();
        if (documents.echoes()) {
            speaker.agent().ifPresent(agent -> unsent.add(new Notification(agent.name(), data)));
        }
        listener.agent().ifPresent(agent -> unsent.add(new Notification(agent.name(), data)));
    }

    /**
     * Adds user data or overwrites it. (On voice calls AttachUserData makes a second pair of an existing key; what JSON
     * shows then is not documented, so the newer value wins here.)
     *
     * @param more keys and values
     */
    public synchronized void attach(ObjectNode more) {
        refuseIf(caller.state() == CallState.COMPLETED);
        userData.setAll(more);
        attachedDataChanged();
    }

    /**
     * Deletes one key of the user data.
     *
     * @param key the key
     */
    public synchronized void delete(String key) {
        refuseIf(caller.state() == CallState.COMPLETED);
        userData.remove(key);
        attachedDataChanged();
    }

    private void attachedDataChanged() {
        stateChange(caller, "AttachedDataChanged");
        stateChange(callee, "AttachedDataChanged");
    }

    /** The session ends for both. */
    public synchronized void complete() {
        refuseIf(caller.state() == CallState.COMPLETED);
        caller.agent().ifPresent(agent -> agent.leave(this));
        callee.agent().ifPresent(agent -> agent.leave(this));
        moveTo(CallState.COMPLETED);
    }

    private void moveTo(CallState state) {
        for (Party party : new Party[] {caller, callee}) {
            if (party.state() != state) {
                party.state(state);
                stateChange(party, "StatusChange");
            }
        }
    }

    private void stateChange(Party party, String notificationType) {
        Party other = party == caller ? callee : caller;
        party.agent().ifPresent(agent -> unsent.add(new Notification(agent.name(),
                documents.stateChange(notificationType, this, party, other).toString())));
    }

    /** Sends what has not been sent yet. */
    public void publish() {
        synchronized (publishing) {
            for (Notification next = poll(); next != null; next = poll()) {
                outlet.send(next.agent(), next.data());
            }
        }
    }

    private synchronized Notification poll() {
        return unsent.poll();
    }

    private Party mine(Agent agent) {
        if (caller.is(agent)) {
            return caller;
        }
        if (callee.is(agent)) {
            return callee;
        }
        throw new RefusedException(Refusal.notFound(path()));
    }

    private Party other(Agent agent) {
        return mine(agent) == caller ? callee : caller;
    }

    private static void refuseIf(boolean condition) {
        if (condition) {
            throw new RefusedException(Refusal.invalidState());
        }
    }
}
