package org.imsession.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.agents.RefusedException;
import org.imsession.simulator.settings.Refusal;

/** {@code /me} and {@code /me/devices}: who the agent is, and its contact center session. */
final class MeResource {

    private static final String FEATURE = "api-voice-instant-messaging";

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Supplier<String> baseUrl;

    MeResource(Supplier<String> baseUrl) {
        this.baseUrl = baseUrl;
    }

    RestReply user(RestRequest request) {
        Agent agent = request.agent();
        String id = idOf(agent.name()).replace("-", "");
        ObjectNode body = json.objectNode();
        ObjectNode user = body.putObject("user")
                .put("id", id).put("userName", agent.name()).put("firstName", agent.name()).put("lastName", "")
                .put("emailAddress", "");
        user.putArray("roles").add("ROLE_AGENT");
        user.put("enabled", true).put("changePasswordOnFirstLogin", false)
                .put("uri", baseUrl.get() + "/api/v2/users/" + id).put("path", "/users/" + id);
        if (request.wants("devices")) {
            user.putArray("devices").add(device(agent));
        }
        if (request.wants("features")) {
            user.putArray("features").addAll(agent.hasInstantMessaging()
                    ? json.arrayNode().add(feature()) : json.arrayNode());
        }
        return RestReply.document(body);
    }

    private ObjectNode feature() {
        return json.objectNode().put("id", FEATURE).put("displayName", "API Voice Instant Messaging")
                .put("description", "API for Internal Agent-to-Agent Chat")
                .put("autoAssignOnContactCenterCreate", true)
                .put("uri", baseUrl.get() + "/api/v2/features/" + FEATURE).put("path", "/features/" + FEATURE);
    }

    RestReply devices(RestRequest request) {
        ObjectNode body = json.objectNode();
        if (request.wantsFields()) {
            body.putArray("devices").add(device(request.agent()));
        } else {
            body.putArray("uris").add(baseUrl.get() + "/api/v2" + request.agent().devicePath());
        }
        return RestReply.document(body);
    }

    private ObjectNode device(Agent agent) {
        ObjectNode device = json.objectNode().put("id", agent.deviceId()).put("deviceState", "Active");
        String state = agent.isAtWork() ? "Ready" : "LoggedOut";
        device.putObject("userState").put("id", idOf(state)).put("displayName", state).put("state", state);
        device.put("phoneNumber", agent.phoneNumber()).put("description", "").put("e164Number", "")
                .put("telephonyNetwork", "Private").put("doNotDisturb", "Off")
                .put("voiceEnvironmentUri", baseUrl.get() + "/api/v2/voice-environments/1");
        device.putArray("capabilities").add("DoNotDisturbOn").add("ForwardCallsOn");
        device.putArray("channels").add("voice");
        return device.put("dynamicPhoneNumber", "");
    }

    private static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    RestReply operation(RestRequest request) {
        Operation operation = Operation.in(request.body());
        switch (operation.name()) {
            case "StartContactCenterSession" -> {
                if (!operation.has("channels")) {
                    throw new RefusedException(Refusal.missing("channels"));
                }
                request.agent().atWork(true);
                return RestReply.done();
            }
            case "EndContactCenterSession" -> {
                request.agent().atWork(false);
                return RestReply.done().endingHttpSession();
            }
            default -> throw new RefusedException(Refusal.invalid("Unknown operation " + operation.name()));
        }
    }
}
