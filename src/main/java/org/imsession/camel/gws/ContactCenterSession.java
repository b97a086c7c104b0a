package org.imsession.camel.gws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What StartContactCenterSession brought: GWS may open some channels and fail others, and calls that partial success.
 *
 * @param succeeded the channels that are open, empty if the server names none
 * @param failed    the channels that are not, with the reason of each
 */
public record ContactCenterSession(List<String> succeeded, List<Refusal> failed) {

    /**
     * A channel that was not opened.
     *
     * @param channel its name
     * @param status  why
     * @param message the server's words, on one line, empty if there were none
     */
    public record Refusal(String channel, GwsStatus status, String message) {
    }

    public ContactCenterSession {
        succeeded = List.copyOf(succeeded);
        failed = List.copyOf(failed);
    }

    static ContactCenterSession of(Map<String, Object> answer, ServerWords words) {
        List<String> succeeded = new ArrayList<>();
        for (Map<?, ?> each : maps(answer.get("succeeded"))) {
            succeeded.add(words.quote(LoggedInAgent.text(each, "channel")));
        }
        List<Refusal> failed = new ArrayList<>();
        for (Map<?, ?> each : maps(answer.get("failed"))) {
            int code = each.get("statusCode") instanceof Number number ? number.intValue() : -1;
            failed.add(new Refusal(words.quote(LoggedInAgent.text(each, "channel")), GwsStatus.of(code),
                    words.quote(LoggedInAgent.text(each, "statusMessage"))));
        }
        return new ContactCenterSession(succeeded, failed);
    }

    private static List<Map<?, ?>> maps(Object sent) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (sent instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
