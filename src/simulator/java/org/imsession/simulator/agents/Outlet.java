package org.imsession.simulator.agents;

/** Where the notifications of an agent leave to. */
@FunctionalInterface
public interface Outlet {

    /**
     * Sends a notification to an agent, on the topic of IM sessions.
     *
     * @param agent the agent's name
     * @param data  the JSON text of {@code data}, sent as it is
     */
    void send(String agent, String data);
}
