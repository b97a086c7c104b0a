package org.imsession.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.imsession.simulator.agents.Agent;
import org.imsession.simulator.agents.Conversation;
import org.imsession.simulator.agents.RefusedException;
import org.imsession.simulator.agents.Switchboard;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;
import org.imsession.simulator.settings.Refusal;

/** {@code /me/im-sessions}: "IMSessionResource" and its operations. A completed session is gone. */
final class ImSessionsResource {

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Switchboard switchboard;
    private final Supplier<GwsSettings> settings;
    private final Supplier<String> baseUrl;

    ImSessionsResource(Switchboard switchboard, Supplier<GwsSettings> settings, Supplier<String> baseUrl) {
        this.switchboard = switchboard;
        this.settings = settings;
        this.baseUrl = baseUrl;
    }

    RestReply list(RestRequest request) {
        Agent agent = permitted(request);
        ObjectNode body = json.objectNode();
        if (request.wantsFields()) {
            body.putArray("imSessions").addAll(agent.current()
                    .map(each -> json.arrayNode().add(each.documentFor(agent))).orElseGet(json::arrayNode));
        } else {
            body.putArray("uris").addAll(agent.current()
                    .map(each -> json.arrayNode().add(baseUrl.get() + "/api/v2" + each.path()))
                    .orElseGet(json::arrayNode));
        }
        return RestReply.document(body);
    }

    RestReply one(RestRequest request, String id) {
        Agent agent = permitted(request);
        ObjectNode body = json.objectNode();
        body.set("imSession", find(agent, id).documentFor(agent));
        return RestReply.document(body);
    }

    RestReply initiate(RestRequest request) {
        Agent agent = permitted(request);
        Operation operation = Operation.in(request.body());
        if (!operation.name().equals("InitiateIMSession")) {
            throw new RefusedException(Refusal.invalid("Unknown operation " + operation.name()));
        }
        String number = operation.phoneNumber();
        if (operation.has("devicePath")) {
            checkDevice(agent, operation);
        }
        ObjectNode userData = operation.has("userData") ? operation.object("userData") : json.objectNode();
        Conversation conversation = switchboard.call(agent, number, userData,
                settings.get().has(GwsSwitch.PEER_ANSWERS));
        return RestReply.done().then(conversation::publish);
    }

    RestReply operate(RestRequest request, String id) {
        Agent agent = permitted(request);
        Operation operation = Operation.in(request.body());
        Conversation conversation = find(agent, id);
        switch (operation.name()) {
            case "SendMessage" -> send(agent, conversation, operation);
            case "AttachUserData", "UpdateUserData" -> conversation.attach(operation.object("userData"));
            case "DeleteUserData" -> conversation.delete(operation.text("key"));
            case "Complete" -> conversation.complete();
            default -> throw new RefusedException(Refusal.invalid("Unknown operation " + operation.name()));
        }
        return RestReply.done().then(conversation::publish);
    }

    private static void send(Agent agent, Conversation conversation, Operation operation) {
        String text = operation.text("text");
        operation.phoneNumber();
        checkDevice(agent, operation);
        conversation.say(agent, text);
    }

    private static void checkDevice(Agent agent, Operation operation) {
        String devicePath = operation.text("devicePath");
        if (!devicePath.equals(agent.devicePath())) {
            throw new RefusedException(Refusal.notFound(devicePath));
        }
    }

    private static Agent permitted(RestRequest request) {
        if (!request.agent().hasInstantMessaging()) {
            throw new RefusedException(Refusal.notPermitted("api-voice-instant-messaging"));
        }
        return request.agent();
    }

    private static Conversation find(Agent agent, String id) {
        return agent.current().filter(each -> each.id().equals(id))
                .orElseThrow(() -> new RefusedException(Refusal.notFound("/im-sessions/" + id)));
    }
}
