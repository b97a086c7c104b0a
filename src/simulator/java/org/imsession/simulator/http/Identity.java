package org.imsession.simulator.http;

import java.util.Optional;
import org.imsession.simulator.agents.Agent;

/**
 * Who a request comes from.
 *
 * @param agent   the agent, empty when the request has no valid credentials
 * @param session the HTTP session that came with it, empty when there was none, or of another agent
 * @param claimed the name that the request gave, empty when it gave none
 * @param wrong   whether it had credentials that are wrong
 */
record Identity(Optional<Agent> agent, Optional<WebSession> session, String claimed, boolean wrong) {

    String name() {
        return agent.map(Agent::name).orElse(claimed);
    }
}
