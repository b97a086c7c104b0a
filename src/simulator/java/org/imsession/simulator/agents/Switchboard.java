package org.imsession.simulator.agents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.imsession.simulator.settings.Refusal;

/** The agents and who is connected to whom. May be used from any thread, and with thousands of agents. */
public final class Switchboard {

    private static final int FIRST_NUMBER = 5001;
    private static final String OUTSIDE_NUMBER = "3002";

    private final Map<String, Agent> agents = new ConcurrentHashMap<>();
    private final Map<String, Agent> agentsByNumber = new ConcurrentHashMap<>();
    private final Map<String, Agent> agentsByToken = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(FIRST_NUMBER);
    private final AtomicInteger conversations = new AtomicInteger();
    private final String idPrefix = ThreadLocalRandom.current().ints(13, 0, 36)
            .mapToObj(digit -> Integer.toString(digit, 36).toUpperCase(Locale.ROOT))
            .collect(Collectors.joining("", "00", "")) + "GK2LAES0000";
    private final Documents documents;
    /** Who a stranger is taken for. */
    private volatile Optional<Agent> anybody = Optional.empty();
    private final Outlet outlet;

    /**
     * A switchboard without agents.
     *
     * @param documents makes the documents of its sessions
     * @param outlet    where notifications leave to
     */
    public Switchboard(Documents documents, Outlet outlet) {
        this.documents = documents;
        this.outlet = outlet;
    }

    /**
     * Adds an agent with a device of its own, or replaces the one of that name.
     *
     * @param name     the login name
     * @param password the password
     * @return the agent
     */
    public synchronized Agent add(String name, String password) {
        String number = Optional.ofNullable(agents.get(name)).map(Agent::phoneNumber)
                .orElseGet(() -> Integer.toString(numbers.getAndIncrement()));
        Agent agent = new Agent(name, password, number);
        agents.put(name, agent);
        agentsByNumber.put(number, agent);
        return agent;
    }

    /**
     * Adds agents who are let in with any password; one alone also by any other name.
     *
     * @param names the login names
     */
    public synchronized void addWithAnyPassword(Collection<String> names) {
        names.forEach(name -> add(name, Agent.ANY_PASSWORD));
        anybody = names.size() == 1 ? agent(names.iterator().next()) : Optional.empty();
    }

    /**
     * All agents.
     *
     * @return the agents, in no order
     */
    public Collection<Agent> agents() {
        return List.copyOf(agents.values());
    }

    /**
     * An agent.
     *
     * @param name its login name
     * @return the agent, empty when nobody is called so
     */
    public Optional<Agent> agent(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    /**
     * Looks for an agent by name and password.
     *
     * @param name     the login name
     * @param password the password
     * @return the agent, empty when there is none or the password is wrong
     */
    public Optional<Agent> byPassword(String name, String password) {
        return agent(name).or(() -> anybody).filter(agent -> agent.hasPassword(password));
    }

    /**
     * Looks for an agent by its bearer token.
     *
     * @param token the token
     * @return the agent, empty when nobody has it
     */
    public Optional<Agent> byToken(String token) {
        return Optional.ofNullable(agentsByToken.get(token)).or(() -> anybody);
    }

    /**
     * Gives an agent a bearer token to log in with; it may have several.
     *
     * @param agent the agent
     * @param token the token
     */
    public void giveToken(Agent agent, String token) {
        agentsByToken.put(token, agent);
    }

    /**
     * Makes all bearer tokens of an agent invalid.
     *
     * @param agent the agent
     */
    public void revokeTokens(Agent agent) {
        agentsByToken.values().removeIf(owner -> owner == agent);
    }

    /**
     * An agent calls a number. A busy agent at that number ends the session at once.
     *
     * @param caller      who calls
     * @param number      the number, of another agent or of somebody outside
     * @param userData    what the session is to carry
     * @param peerAnswers whether the called party answers by itself
     * @return the new session, whose notifications are not sent yet
     * @throws RefusedException when the caller is in a session already ("Invalid state"), or calls itself
     */
    public Conversation call(Agent caller, String number, ObjectNode userData, boolean peerAnswers) {
        Optional<Agent> callee = Optional.ofNullable(agentsByNumber.get(number));
        if (callee.isPresent() && callee.get() == caller) {
            throw new RefusedException(Refusal.invalid("An agent cannot call itself"));
        }
        Party to = callee.map(agent -> Party.of(agent, CallState.ALERTING))
                .orElseGet(() -> Party.outside(number, CallState.ALERTING));
        Conversation conversation = connect(Party.of(caller, CallState.INITIATING), to, userData);
        if (!caller.enter(conversation)) {
            throw new RefusedException(Refusal.invalidState());
        }
        if (callee.isPresent() && !callee.get().enter(conversation)) {
            Conversation busy = connect(Party.of(caller, CallState.INITIATING),
                    Party.outside(number, CallState.ALERTING), userData);
            caller.leave(conversation);
            caller.enter(busy);
            busy.announce();
            busy.complete();
            return busy;
        }
        conversation.announce();
        if (peerAnswers) {
            conversation.answer();
        }
        return conversation;
    }

    /**
     * Somebody outside is about to call an agent. Nobody is told before {@link Conversation#announce()}.
     *
     * @param callee who is called
     * @return the new session
     * @throws RefusedException when the agent is in a session already
     */
    public Conversation callFromOutside(Agent callee) {
        Conversation conversation = connect(Party.outside(OUTSIDE_NUMBER, CallState.INITIATING),
                Party.of(callee, CallState.ALERTING), JsonNodeFactory.instance.objectNode());
        if (!callee.enter(conversation)) {
            throw new RefusedException(Refusal.invalidState());
        }
        return conversation;
    }

    private Conversation connect(Party caller, Party callee, ObjectNode userData) {
        return new Conversation(nextId(), nextId(), caller, callee, userData, documents, outlet);
    }

    /** 32 characters like 007MDF3D0KAHL93L807GK2LAES000001, the sample of the documentation. */
    private String nextId() {
        return idPrefix + String.format("%06X", conversations.incrementAndGet());
    }

    /** Ends all sessions without telling anybody, as a server does that forgets them. */
    public void forgetConversations() {
        agents.values().forEach(agent -> agent.current().ifPresent(agent::leave));
    }
}
