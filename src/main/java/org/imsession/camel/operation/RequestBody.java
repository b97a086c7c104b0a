package org.imsession.camel.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionRequest.AttachUserData;
import org.imsession.camel.model.IMSessionRequest.DeleteUserData;
import org.imsession.camel.model.IMSessionRequest.Initiate;
import org.imsession.camel.model.IMSessionRequest.SendMessage;
import org.imsession.camel.model.IMSessionRequest.UpdateUserData;

/** A request as GWS wants it: where it is posted to, and its members (Genesys, GWS 8.5.2 API, IM Session). */
final class RequestBody {

    private RequestBody() {
    }

    static List<String> path(IMSessionRequest request) {
        return request.sessionId().isEmpty() ? List.of("me", "im-sessions")
                : List.of("me", "im-sessions", request.sessionId());
    }

    static Map<String, Object> members(IMSessionRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("operationName", request.operation().wireName());
        if (request instanceof Initiate call) {
            members.put("destination", Map.of("phoneNumber", call.destination()));
            if (!call.userData().isEmpty()) {
                members.put("userData", call.userData());
            }
            if (!call.devicePath().isEmpty()) {
                members.put("devicePath", call.devicePath());
            }
        } else if (request instanceof SendMessage say) {
            members.put("text", say.text());
            members.put("destination", Map.of("phoneNumber", say.destination()));
            members.put("devicePath", say.devicePath());
        } else if (request instanceof AttachUserData attach) {
            members.put("userData", attach.userData());
        } else if (request instanceof UpdateUserData update) {
            members.put("userData", update.userData());
        } else if (request instanceof DeleteUserData delete) {
            members.put("key", delete.key());
        }
        return members;
    }
}
