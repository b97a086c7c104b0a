package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imsession.camel.model.AgentDevice;

/**
 * Who is logged in, as {@code GET /me} tells it.
 *
 * @param userId   the id of the user, empty if it was not sent
 * @param userName the login name, empty if it was not sent
 * @param features the ids of the features the agent may use, empty if they were not sent
 * @param devices  the agent's devices, in the order sent
 * @param featuresKnown whether the server sent a list of features at all
 */
public record LoggedInAgent(String userId, String userName, List<String> features, List<AgentDevice> devices,
                    boolean featuresKnown) {

    /** The feature that every page of the IM Session API asks for. */
    public static final String IM_FEATURE = "api-voice-instant-messaging";

    public LoggedInAgent {
        features = List.copyOf(features);
        devices = List.copyOf(devices);
    }

    /** Whether the agent may use IM sessions; empty if the server did not say. */
    public Optional<Boolean> instantMessaging() {
        return featuresKnown ? Optional.of(features.contains(IM_FEATURE)) : Optional.empty();
    }

    /** @param asked the login name, which is kept anyway, as long as the agent is */
    static LoggedInAgent of(Map<String, Object> answer, String asked) {
        Map<?, ?> user = answer.get("user") instanceof Map<?, ?> map ? map : Map.of();
        String name = text(user, "userName");
        return new LoggedInAgent(text(user, "id"), name.equals(asked) ? asked : name, features(user.get("features")),
                Devices.listOf(user.get("devices")), user.get("features") instanceof List);
    }

    private static List<String> features(Object sent) {
        List<String> ids = new ArrayList<>();
        if (sent instanceof List<?> list) {
            for (Object feature : list) { // all agents have the same few
                ids.add((feature instanceof Map<?, ?> map ? text(map, "id") : String.valueOf(feature)).intern());
            }
        }
        return ids;
    }

    static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }
}
