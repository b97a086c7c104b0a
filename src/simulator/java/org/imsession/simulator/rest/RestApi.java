package org.imsession.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.imsession.simulator.agents.RefusedException;
import org.imsession.simulator.agents.Switchboard;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.Refusal;

/** Finds the resource for a request. */
public final class RestApi {

    private static final String IM_SESSIONS = "/me/im-sessions";
    private static final String VERSION = "8.5.202.96";

    private final MeResource me;
    private final ImSessionsResource imSessions;
    private final Supplier<ObjectNode> services;

    /**
     * The resources of a server.
     *
     * @param switchboard its agents
     * @param settings    the settings now in force
     * @param baseUrl     its external URL, without {@code /api/v2}
     * @param services    the list of services
     */
    public RestApi(Switchboard switchboard, Supplier<GwsSettings> settings, Supplier<String> baseUrl,
                   Supplier<ObjectNode> services) {
        this.services = services;
        this.me = new MeResource(baseUrl);
        this.imSessions = new ImSessionsResource(switchboard, settings, baseUrl);
    }

    /**
     * {@code GET /diagnostics/version}, which anybody may ask.
     *
     * @return the answer
     */
    public RestReply version() {
        return RestReply.document(JsonNodeFactory.instance.objectNode().put("version", VERSION));
    }

    /**
     * Handles the request of an agent.
     *
     * @param request the request
     * @return the answer
     */
    public RestReply handle(RestRequest request) {
        try {
            return dispatch(request);
        } catch (RefusedException e) {
            return RestReply.refused(e.refusal());
        }
    }

    private RestReply dispatch(RestRequest request) {
        String path = request.path();
        boolean post = request.method().equals("POST");
        if (!post && !request.method().equals("GET")) {
            throw new RefusedException(new Refusal(405, 3, "Method not allowed"));
        }
        if (path.equals("/me")) {
            return post ? me.operation(request) : me.user(request);
        }
        if (path.equals("/me/devices") && !post) {
            return me.devices(request);
        }
        if (path.equals("/services") && !post) {
            return RestReply.document(services.get());
        }
        if (path.equals(IM_SESSIONS)) {
            return post ? imSessions.initiate(request) : imSessions.list(request);
        }
        if (path.startsWith(IM_SESSIONS + "/")) {
            String id = path.substring(IM_SESSIONS.length() + 1);
            return post ? imSessions.operate(request, id) : imSessions.one(request, id);
        }
        throw new RefusedException(Refusal.notFound(path));
    }
}
