package org.imsession.camel.operation;

import java.util.List;
import org.imsession.camel.model.AgentDevice;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;

/** What came of an operation. */
public sealed interface OperationResult {

    /**
     * GWS has accepted it, and says no more.
     *
     * @param sessionId the session, empty for one that is only to be
     */
    record Accepted(String sessionId) implements OperationResult {
    }

    /**
     * It has happened.
     *
     * @param notification what the server told of it
     */
    record Happened(IMSessionNotification notification) implements OperationResult {
    }

    /**
     * The sessions of the agent.
     *
     * @param sessions as listed
     */
    record Sessions(List<IMSession> sessions) implements OperationResult {

        public Sessions {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * A session of the agent.
     *
     * @param session as read
     */
    record Session(IMSession session) implements OperationResult {
    }

    /**
     * The devices of the agent.
     *
     * @param devices as listed
     */
    record Devices(List<AgentDevice> devices) implements OperationResult {

        public Devices {
            devices = List.copyOf(devices);
        }
    }
}
