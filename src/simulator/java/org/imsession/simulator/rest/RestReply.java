package org.imsession.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.imsession.simulator.settings.Refusal;

/**
 * The answer to a REST request.
 *
 * @param status          the HTTP status
 * @param body            the JSON body
 * @param notifications   publishes what the request has caused; to be run once
 * @param endsHttpSession whether the HTTP session ends with this answer
 */
public record RestReply(int status, ObjectNode body, Runnable notifications, boolean endsHttpSession) {

    private static final Runnable NONE = () -> { };

    static RestReply done() {
        return document(JsonNodeFactory.instance.objectNode());
    }

    static RestReply document(ObjectNode body) {
        return new RestReply(200, body.put("statusCode", 0), NONE, false);
    }

    /**
     * An error.
     *
     * @param refusal what the client is told
     * @return the answer
     */
    public static RestReply refused(Refusal refusal) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("statusCode", refusal.statusCode()).put("statusMessage", refusal.statusMessage());
        return new RestReply(refusal.httpStatus(), body, NONE, false);
    }

    RestReply then(Runnable publish) {
        return new RestReply(status, body, publish, endsHttpSession);
    }

    RestReply endingHttpSession() {
        return new RestReply(status, body, notifications, true);
    }
}
