package org.imsession.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The services of the contact center, as {@code GET /services?fields=*} was seen to list them. How the events of
 * {@code /notifications/services} look is not documented; these are ours.
 */
final class Services {

    static final String CHANNEL = "/notifications/services";

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Map<String, String> states = new ConcurrentSkipListMap<>(Map.of("Provisioning", "Active",
            "Voice", "Active", "MultiMediaState", "Active"));

    /** Changes one; gives the event that tells of it. */
    String change(String type, String state) {
        states.put(type, state);
        ObjectNode event = json.objectNode().put("messageType", "ServiceStateChangeMessage");
        event.set("service", service(type, state));
        return event.toString();
    }

    ObjectNode list() {
        ObjectNode answer = json.objectNode();
        states.forEach((type, state) -> answer.withArray("services").add(service(type, state)));
        return answer;
    }

    private ObjectNode service(String type, String state) {
        return json.objectNode().put("id", "service-" + type).put("name", type + " service").put("type", type)
                .put("state", state);
    }
}
