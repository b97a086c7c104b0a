package org.imsession.simulator.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imsession.simulator.agents.Agent;

/** The HTTP sessions of a server, by the value of their cookie. */
public final class WebSessions {

    private final Map<String, WebSession> sessions = new ConcurrentHashMap<>();

    WebSession open(Agent agent) {
        WebSession session = new WebSession(agent);
        sessions.put(session.id(), session);
        return session;
    }

    Optional<WebSession> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    void close(WebSession session) {
        sessions.remove(session.id());
    }

    /**
     * Ends the sessions of an agent.
     *
     * @param agent the agent's name
     */
    public void expire(String agent) {
        sessions.values().removeIf(session -> session.agent().name().equals(agent));
    }

    /** Gives each session a new CSRF token; the old ones are refused from now on. */
    public void rotateCsrfTokens() {
        sessions.values().forEach(WebSession::rotateCsrfToken);
    }

    /**
     * The sessions of an agent.
     *
     * @param agent the agent's name
     * @return their number
     */
    public int count(String agent) {
        return (int) sessions.values().stream().filter(session -> session.agent().name().equals(agent)).count();
    }

    /** Ends all sessions. */
    public void clear() {
        sessions.clear();
    }
}
