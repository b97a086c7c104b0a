package org.imsession.camel.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A directory that is filled by code, before and while it is in use. Safe for use by several threads; listeners are
 * called by the thread that changes it.
 */
public final class AgentList implements AgentDirectory {

    private final Map<String, AgentCredentials> agents = new LinkedHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Adds an agent, or gives it another password. */
    public AgentList put(String agent, String password) {
        return put(agent, AgentCredentials.ofPassword(agent, password));
    }

    /** Adds an agent, or gives it other credentials. */
    public synchronized AgentList put(String agent, AgentCredentials credentials) {
        agents.put(agent, credentials);
        return tell();
    }

    /** Adds many at once. */
    public synchronized AgentList putAll(Map<String, ? extends AgentCredentials> more) {
        agents.putAll(more);
        return tell();
    }

    /** Removes an agent, if it is there. */
    public synchronized AgentList remove(String agent) {
        agents.remove(agent);
        return tell();
    }

    private AgentList tell() {
        Roster now = Roster.of(agents);
        listeners.forEach(listener -> listener.roster(now));
        return this;
    }

    @Override
    public synchronized Registration follow(Listener listener) {
        listeners.add(listener);
        listener.roster(Roster.of(agents));
        return () -> listeners.remove(listener);
    }
}
