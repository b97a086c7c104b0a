package org.imsession.camel.operation;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionOperation;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionRequest.AttachUserData;
import org.imsession.camel.model.IMSessionRequest.DeleteUserData;
import org.imsession.camel.model.IMSessionRequest.Initiate;
import org.imsession.camel.model.IMSessionRequest.SendMessage;
import org.imsession.camel.model.IMSessionRequest.UpdateUserData;

/** The documented limits that a request itself shows (Genesys, GWS 8.5.2 API, IM Session; T-Server, User Data). */
final class RequestLimits {

    /** The largest that T-Server can be set to, packed; 16,000 by default. JSON is never shorter than packed. */
    private static final int MOST_USER_DATA = 65_535;

    private RequestLimits() {
    }

    /** @throws OperationException if GWS would refuse the request */
    static void check(IMSessionRequest request, String agent) {
        IMSessionOperation operation = request.operation();
        boolean ofSession = operation != IMSessionOperation.INITIATE && operation != IMSessionOperation.LIST_SESSIONS
                && operation != IMSessionOperation.LIST_DEVICES;
        if (ofSession) {
            mandatory(request, agent, request.sessionId(), "sessionId");
        }
        if (request instanceof Initiate call) {
            mandatory(request, agent, call.destination(), "destination");
            checkUserData(request, agent, call.userData());
        } else if (request instanceof SendMessage say) {
            mandatory(request, agent, say.text(), "text");
        } else if (request instanceof AttachUserData attach) {
            mandatoryUserData(request, agent, attach.userData());
        } else if (request instanceof UpdateUserData update) {
            mandatoryUserData(request, agent, update.userData());
        } else if (request instanceof DeleteUserData delete) {
            mandatory(request, agent, delete.key(), "key");
        }
    }

    private static void mandatory(IMSessionRequest request, String agent, String value, String parameter) {
        if (value.isEmpty()) {
            throw OperationException.missing(request, agent, parameter, "its " + parameter + " is missing");
        }
    }

    private static void mandatoryUserData(IMSessionRequest request, String agent, Map<String, Object> userData) {
        if (userData.isEmpty()) {
            throw OperationException.missing(request, agent, "userData", "its userData is missing");
        }
        checkUserData(request, agent, userData);
    }

    private static void checkUserData(IMSessionRequest request, String agent, Map<String, Object> userData) {
        long bytes = size(userData);
        if (bytes > MOST_USER_DATA) {
            throw OperationException.refused(request, agent, GwsStatus.INVALID_INPUT, "its user data are " + bytes
                    + " bytes, and no T-Server takes more than " + MOST_USER_DATA + " (by default 16000)");
        }
    }

    private static long size(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().mapToLong(each -> size(each.getKey()) + size(each.getValue())).sum();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().mapToLong(RequestLimits::size).sum();
        }
        // a number is packed into four bytes
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : 0;
    }
}
