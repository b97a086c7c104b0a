package org.imsession.simulator.agents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.imsession.simulator.settings.GwsSettings;
import org.imsession.simulator.settings.GwsSwitch;

/**
 * The JSON documents of IM sessions, as "IMSessionMessageType" and "IMSessionResource" of the GWS API show them, with
 * the deviations that are switched on.
 */
public final class Documents {

    private static final List<String> CAPABILITIES =
            List.of("Complete", "AttachUserData", "DeleteUserData", "UpdateUserData", "SendMessage");

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Supplier<GwsSettings> settings;
    private final Supplier<String> baseUrl;
    private final Clock clock;

    /**
     * Documents of a server.
     *
     * @param settings the settings now in force
     * @param baseUrl  the external URL of the server, without {@code /api/v2}
     * @param clock    gives the time stamp of metrics
     */
    public Documents(Supplier<GwsSettings> settings, Supplier<String> baseUrl, Clock clock) {
        this.settings = settings;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    ObjectNode stateChange(String notificationType, Conversation conversation, Party me, Party other) {
        ObjectNode session = session(conversation, me, other);
        boolean blank = settings.get().has(GwsSwitch.LEADING_BLANK_IN_STATE) && me.state() != CallState.COMPLETED;
        session.put("state", (blank ? " " : "") + me.state().wireName());
        ObjectNode data = json.objectNode();
        data.put("messageType", "IMSessionStateChangeMessage").put("notificationType", notificationType);
        data.set("imSession", session);
        return withMetrics(data);
    }

    ObjectNode newMessage(Conversation conversation, String text) {
        ObjectNode data = json.objectNode();
        data.put("messageType", "IMLogUpdateMessage").put("notificationType", "NewMessage")
                .put("imSessionPath", conversation.path()).put("message", text);
        return withMetrics(data);
    }

    ObjectNode session(Conversation conversation, Party me, Party other) {
        ObjectNode session = json.objectNode();
        session.put("state", me.state().wireName());
        if (!conversation.userData().isEmpty()) {
            session.set("userData", conversation.userData().deepCopy());
        }
        String idInUri = settings.get().has(GwsSwitch.ID_IN_URI_DIFFERS) ? conversation.otherId() : conversation.id();
        session.put("id", conversation.id())
                .put("uri", baseUrl.get() + "/api/v2/im-sessions/" + idInUri)
                .put("path", conversation.path());
        session.set("participants", json.arrayNode().add(participant(other.phoneNumber())));
        session.set("capabilities", capabilities(me.state()));
        return session;
    }

    private ObjectNode participant(String number) {
        return json.objectNode().put("digits", number).put("e164Number", number)
                .put("formattedPhoneNumber", number).put("phoneNumber", number);
    }

    private ArrayNode capabilities(CallState state) {
        ArrayNode array = json.arrayNode();
        boolean maySend = state == CallState.TALKING || state == CallState.COMPLETED;
        CAPABILITIES.stream().filter(each -> maySend || !each.equals("SendMessage")).forEach(array::add);
        return array;
    }

    private ObjectNode withMetrics(ObjectNode data) {
        if (settings.get().has(GwsSwitch.METRICS)) {
            data.putObject("metrics").putObject("eventProcessing")
                    .put("nodeProcessingTimeNanos", 1_000_000L)
                    .put("serverGenerationTimestamp", clock.millis())
                    .put("serverProcessingTimeTotalMs", -1);
        }
        return data;
    }

    boolean echoes() {
        return settings.get().has(GwsSwitch.ECHO_TO_SENDER);
    }
}
