package org.imsession.camel.model;

import java.util.Map;
import java.util.Objects;
import org.imsession.camel.json.JsonOfModel;

/**
 * An operation with its parameters (Genesys, GWS 8.5.2 API, IM Session). A parameter that is an empty text is left to
 * others: to headers and options, or to be found out. Immutable; {@code toString()} shows neither texts nor user data.
 */
@JsonOfModel
public sealed interface IMSessionRequest {

    /** What is asked for. */
    IMSessionOperation operation();

    /** The id of the session, empty if the operation is about none. */
    default String sessionId() {
        return "";
    }

    /**
     * Invites somebody to a session.
     *
     * @param destination the number to call
     * @param userData    what the session is to carry, as JSON values
     * @param devicePath  the device to call from, {@code /devices/<id>}
     */
    record Initiate(String destination, Map<String, Object> userData, String devicePath) implements IMSessionRequest {

        public Initiate {
            Objects.requireNonNull(destination, "destination");
            Objects.requireNonNull(devicePath, "devicePath");
            userData = Values.copy(userData);
        }

        /** Without user data, from the agent's only device. */
        public Initiate(String destination) {
            this(destination, Map.of(), "");
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.INITIATE;
        }

        @Override
        public String toString() {
            return operation().label() + "[destination=" + LogText.escape(destination) + "]";
        }
    }

    /**
     * Says something.
     *
     * @param sessionId   the session
     * @param text        what to say
     * @param destination the number of the other party
     * @param devicePath  the device to send from, {@code /devices/<id>}
     */
    record SendMessage(String sessionId, String text, String destination, String devicePath)
            implements IMSessionRequest {

        public SendMessage {
            Objects.requireNonNull(sessionId, "sessionId");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(destination, "destination");
            Objects.requireNonNull(devicePath, "devicePath");
        }

        /** To the other party of the session, from the agent's only device. */
        public SendMessage(String sessionId, String text) {
            this(sessionId, text, "", "");
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.SEND_MESSAGE;
        }

        @Override
        public String toString() {
            return describe(this) + " of " + text.length() + " characters";
        }
    }

    /**
     * Adds user data.
     *
     * @param sessionId the session
     * @param userData  keys and JSON values
     */
    record AttachUserData(String sessionId, Map<String, Object> userData) implements IMSessionRequest {

        public AttachUserData {
            Objects.requireNonNull(sessionId, "sessionId");
            userData = Values.copy(userData);
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.ATTACH_USER_DATA;
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * Sets user data.
     *
     * @param sessionId the session
     * @param userData  keys and JSON values
     */
    record UpdateUserData(String sessionId, Map<String, Object> userData) implements IMSessionRequest {

        public UpdateUserData {
            Objects.requireNonNull(sessionId, "sessionId");
            userData = Values.copy(userData);
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.UPDATE_USER_DATA;
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * Deletes user data.
     *
     * @param sessionId the session
     * @param key       the one key to delete
     */
    record DeleteUserData(String sessionId, String key) implements IMSessionRequest {

        public DeleteUserData {
            Objects.requireNonNull(sessionId, "sessionId");
            Objects.requireNonNull(key, "key");
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.DELETE_USER_DATA;
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /**
     * Ends a session.
     *
     * @param sessionId the session
     */
    record Complete(String sessionId) implements IMSessionRequest {

        public Complete {
            Objects.requireNonNull(sessionId, "sessionId");
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.COMPLETE;
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** Reads all sessions. */
    record ListSessions() implements IMSessionRequest {

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.LIST_SESSIONS;
        }
    }

    /**
     * Reads a session.
     *
     * @param sessionId the session
     */
    record GetSession(String sessionId) implements IMSessionRequest {

        public GetSession {
            Objects.requireNonNull(sessionId, "sessionId");
        }

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.GET_SESSION;
        }

        @Override
        public String toString() {
            return describe(this);
        }
    }

    /** Reads the devices. */
    record ListDevices() implements IMSessionRequest {

        @Override
        public IMSessionOperation operation() {
            return IMSessionOperation.LIST_DEVICES;
        }
    }

    private static String describe(IMSessionRequest request) {
        return request.operation().label() + "[sessionId=" + LogText.escape(request.sessionId()) + "]";
    }
}
