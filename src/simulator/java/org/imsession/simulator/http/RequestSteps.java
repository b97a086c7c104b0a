package org.imsession.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.rest.Operation;

/**
 * At which steps of the protocol a request is.
 *
 * @param steps     the steps, at least one
 * @param channels  the channels of its Bayeux messages
 * @param operation the name of its REST operation, empty when it is none
 */
public record RequestSteps(List<Step> steps, List<String> channels, String operation) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The steps of a request.
     *
     * @param method the HTTP method
     * @param path   the path, with {@code /api/v2}
     * @param body   the body
     * @return its steps
     */
    public static RequestSteps of(String method, String path, byte[] body) {
        if (Paths.isNotifications(path)) {
            return bayeux(body);
        }
        boolean post = method.equals("POST");
        String operation = post ? Operation.nameIn(body) : "";
        return new RequestSteps(List.of(rest(post, path, operation)), List.of(), operation);
    }

    private static Step rest(boolean post, String path, String operation) {
        if (path.startsWith(Paths.API + "/me/im-sessions")) {
            return post ? Step.OPERATION : Step.SNAPSHOT;
        }
        if (post) {
            return switch (operation) {
                case "StartContactCenterSession" -> Step.START_CONTACT_CENTER_SESSION;
                case "EndContactCenterSession" -> Step.END_CONTACT_CENTER_SESSION;
                default -> Step.OTHER;
            };
        }
        return switch (path) {
            case Paths.API + "/me" -> Step.LOGIN;
            case Paths.API + "/me/devices" -> Step.DEVICES;
            case Paths.API + "/services" -> Step.SERVICES;
            default -> Step.OTHER;
        };
    }

    private static RequestSteps bayeux(byte[] body) {
        List<String> channels = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        try {
            JsonNode messages = JSON.readTree(body);
            if (messages.isObject()) {
                add(messages, channels, steps);
            }
            if (messages.isArray()) {
                messages.forEach(message -> add(message, channels, steps));
            }
        } catch (IOException e) {
            return new RequestSteps(List.of(Step.OTHER), List.of(), "");
        }
        return new RequestSteps(steps.isEmpty() ? List.of(Step.OTHER) : steps.stream().distinct().toList(), channels,
                "");
    }

    private static void add(JsonNode message, List<String> channels, List<Step> steps) {
        String channel = message.path("channel").asText("");
        channels.add(channel);
        steps.add(Step.of(channel, message.path("subscription").asText("")));
    }
}
