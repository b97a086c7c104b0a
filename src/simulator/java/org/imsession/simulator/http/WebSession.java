package org.imsession.simulator.http;

import java.util.UUID;
import org.imsession.simulator.agents.Agent;

/** An HTTP session: whose it is, and its CSRF token, which lives as long as the session unless it is rotated. */
final class WebSession {

    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final Agent agent;
    private volatile String csrfToken = UUID.randomUUID().toString();

    WebSession(Agent agent) {
        this.agent = agent;
    }

    String id() {
        return id;
    }

    Agent agent() {
        return agent;
    }

    String csrfToken() {
        return csrfToken;
    }

    void rotateCsrfToken() {
        csrfToken = UUID.randomUUID().toString();
    }
}
