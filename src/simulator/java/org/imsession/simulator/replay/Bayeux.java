package org.imsession.simulator.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imsession.simulator.recording.JsonSlices;

/**
 * A Bayeux message.
 *
 * @param text    as it is written
 * @param members its members as far as Jackson can read them; of an event only its channel is looked at
 */
record Bayeux(String text, ObjectNode members) {

    private static final JsonMapper JSON = new JsonMapper();

    static Bayeux of(String text) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        JsonSlices.members(text).orElseThrow().forEach((name, value) -> {
            if (!name.equals("data")) {
                members.set(name, tree(value));
            }
        });
        return new Bayeux(text, members);
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JsonNodeFactory.instance.nullNode(); // a number beyond all bounds, or the like
        }
    }

    static List<Bayeux> in(byte[] body) {
        return JsonSlices.elements(new String(body, StandardCharsets.UTF_8)).orElse(List.of()).stream().map(Bayeux::of)
                .toList();
    }

    /** What a server says to a client whose session it does not know. */
    static Bayeux unknownClient(Bayeux request) {
        ObjectNode reply = JSON.createObjectNode().put("channel", request.channel()).put("successful", false)
                .put("error", "402::Unknown client");
        reply.putObject("advice").put("reconnect", "handshake").put("interval", 0);
        return new Bayeux("", reply).to(request, "");
    }

    static Bayeux success(Bayeux request, String clientId) {
        return new Bayeux("", JSON.createObjectNode().put("channel", request.channel()).put("successful", true))
                .to(request, clientId);
    }

    String channel() {
        return members.path("channel").asText("");
    }

    String subscription() {
        return members.path("subscription").asText("");
    }

    String clientId() {
        return members.path("clientId").asText("");
    }

    boolean isMeta() {
        return channel().startsWith("/meta/");
    }

    boolean isSuccessful() {
        return members.path("successful").asBoolean(false);
    }

    boolean hasAck() {
        return members.path("ext").has("ack");
    }

    long ack() {
        return members.path("ext").path("ack").asLong(-1);
    }

    /** Whether the client wants to hear at once that it has a session, as after a connection that broke. */
    boolean isUrgent() {
        return members.path("advice").path("timeout").asLong(-1) == 0;
    }

    boolean endsSession() {
        String reconnect = members.path("advice").path("reconnect").asText("");
        return channel().equals("/meta/disconnect") || !isSuccessful() && (reconnect.equals("handshake")
                || reconnect.equals("none") || members.path("error").asText("").startsWith("402"));
    }

    /** Whether it may answer a request. */
    boolean repliesTo(Bayeux request) {
        return channel().equals(request.channel()) && subscription().equals(request.subscription());
    }

    /** The same as a reply to a request. */
    Bayeux to(Bayeux request, String clientId) {
        ObjectNode reply = members.deepCopy();
        reply.remove(List.of("id", "clientId"));
        if (request.members.has("id")) {
            reply.set("id", request.members.get("id"));
        }
        if (!clientId.isEmpty()) {
            reply.put("clientId", clientId);
        }
        if (!request.subscription().isEmpty()) {
            reply.put("subscription", request.subscription());
        }
        return new Bayeux(reply.toString(), reply);
    }

    Bayeux acknowledging(long batch) {
        ObjectNode reply = members.deepCopy();
        reply.withObject("/ext").put("ack", batch);
        return new Bayeux(reply.toString(), reply);
    }
}
