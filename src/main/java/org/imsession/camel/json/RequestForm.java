package org.imsession.camel.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imsession.camel.json.ValueWriter.Content;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionRequest.AttachUserData;
import org.imsession.camel.model.IMSessionRequest.Complete;
import org.imsession.camel.model.IMSessionRequest.DeleteUserData;
import org.imsession.camel.model.IMSessionRequest.GetSession;
import org.imsession.camel.model.IMSessionRequest.Initiate;
import org.imsession.camel.model.IMSessionRequest.ListDevices;
import org.imsession.camel.model.IMSessionRequest.ListSessions;
import org.imsession.camel.model.IMSessionRequest.SendMessage;
import org.imsession.camel.model.IMSessionRequest.UpdateUserData;

/**
 * A request as the one JSON object that stands for it: {@code operation} by its name in options, then its parameters.
 * What is left to others (an empty text) is left out. It is an order, so a member that it does not have is refused:
 * what is misspelt would be done otherwise than it was meant. What GWS gets is another JSON.
 */
final class RequestForm {

    private RequestForm() {
    }

    static Content of(IMSessionRequest request) {
        return out -> write(out, request);
    }

    private static void write(ValueWriter out, IMSessionRequest request) throws IOException {
        out.begin();
        out.text("operation", request.operation().label());
        out.sent("sessionId", request.sessionId());
        if (request instanceof Initiate call) {
            out.sent("destination", call.destination());
            if (!call.userData().isEmpty()) {
                out.value("userData", call.userData());
            }
            out.sent("devicePath", call.devicePath());
        } else if (request instanceof SendMessage say) {
            out.text("text", say.text());
            out.sent("destination", say.destination());
            out.sent("devicePath", say.devicePath());
        } else if (request instanceof AttachUserData attach) {
            out.value("userData", attach.userData());
        } else if (request instanceof UpdateUserData update) {
            out.value("userData", update.userData());
        } else if (request instanceof DeleteUserData delete) {
            out.text("key", delete.key());
        }
        out.end();
    }

    /** @throws Rejection if it is no request */
    static IMSessionRequest read(Map<String, Object> object) {
        ObjectMembers members = new ObjectMembers(object);
        IMSessionOperation operation = IMSessionOperation.of(members.text("operation"))
                .orElseThrow(() -> Rejection.at("operation", "expected one of " + IMSessionOperation.labels()));
        requireKnown(members, operation);
        String sessionId = members.text("sessionId");
        String destination = members.text("destination");
        String devicePath = members.text("devicePath");
        return switch (operation) {
            case INITIATE -> new Initiate(destination,
                    members.value("userData") == null ? Map.of() : userData(members), devicePath);
            case SEND_MESSAGE -> new SendMessage(sessionId, required(members, "text"), destination, devicePath);
            case ATTACH_USER_DATA -> new AttachUserData(sessionId, userData(members));
            case UPDATE_USER_DATA -> new UpdateUserData(sessionId, userData(members));
            case DELETE_USER_DATA -> new DeleteUserData(sessionId, required(members, "key"));
            case COMPLETE -> new Complete(sessionId);
            case GET_SESSION -> new GetSession(sessionId);
            case LIST_SESSIONS -> new ListSessions();
            case LIST_DEVICES -> new ListDevices();
        };
    }

    private static List<String> parameters(IMSessionOperation operation) {
        return switch (operation) {
            case INITIATE -> List.of("destination", "userData", "devicePath");
            case SEND_MESSAGE -> List.of("sessionId", "text", "destination", "devicePath");
            case ATTACH_USER_DATA, UPDATE_USER_DATA -> List.of("sessionId", "userData");
            case DELETE_USER_DATA -> List.of("sessionId", "key");
            case COMPLETE, GET_SESSION -> List.of("sessionId");
            case LIST_SESSIONS, LIST_DEVICES -> List.of();
        };
    }

    private static void requireKnown(ObjectMembers members, IMSessionOperation operation) {
        List<String> known = new ArrayList<>(List.of("operation"));
        known.addAll(parameters(operation));
        if (!known.containsAll(members.values().keySet())) {
            throw new Rejection("a member that " + operation.label() + " does not have; it has "
                    + String.join(", ", known));
        }
    }

    private static String required(ObjectMembers members, String name) {
        if (members.value(name) == null) {
            throw Rejection.at(name, "missing");
        }
        return members.text(name);
    }

    private static Map<String, Object> userData(ObjectMembers members) {
        if (!(members.value("userData") instanceof Map<?, ?> map)) {
            throw members.mismatch("userData", "an object");
        }
        Map<String, Object> userData = new LinkedHashMap<>();
        map.forEach((key, value) -> userData.put((String) key, value));
        return userData;
    }
}
