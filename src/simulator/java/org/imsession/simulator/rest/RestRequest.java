package org.imsession.simulator.rest;

import java.util.Map;
import org.imsession.simulator.agents.Agent;

/**
 * A REST request whose agent is known.
 *
 * @param agent  who asks
 * @param method the HTTP method
 * @param path   the path below {@code /api/v2}
 * @param query  the parameters of the query
 * @param body   the body, empty when there was none
 */
public record RestRequest(Agent agent, String method, String path, Map<String, String> query, byte[] body) {

    boolean wantsFields() {
        return query.containsKey("fields");
    }

    boolean wants(String subresource) {
        return ("," + query.getOrDefault("subresources", "") + ",").contains("," + subresource + ",");
    }
}
