package org.imsession.simulator.record;

/**
 * A step of the protocol between a client and GWS: the kind of a REST request, or of a Bayeux message. A POST to
 * {@code /api/v2/notifications} may carry several Bayeux messages and is then at several steps.
 */
public enum Step {

    /** {@code GET /api/v2/me}. */
    LOGIN,
    /** {@code GET /api/v2/me/devices}. */
    DEVICES,
    /** {@code GET /api/v2/me/im-sessions}, with or without an id. */
    SNAPSHOT,
    /** {@code GET /api/v2/services}. */
    SERVICES,
    /** {@code POST /api/v2/me} with StartContactCenterSession. */
    START_CONTACT_CENTER_SESSION,
    /** {@code POST /api/v2/me} with EndContactCenterSession, which ends the HTTP session as well. */
    END_CONTACT_CENTER_SESSION,
    /** {@code POST /api/v2/me/im-sessions} or {@code .../im-sessions/{id}}: an operation on an IM session. */
    OPERATION,
    /** {@code /meta/handshake}. */
    HANDSHAKE,
    /** {@code /meta/connect}. */
    CONNECT,
    /** {@code /meta/subscribe}. */
    SUBSCRIBE,
    /** {@code /meta/subscribe} to {@code /notifications/services}, beside the topic of the agent. */
    SUBSCRIBE_SERVICES,
    /** {@code /meta/unsubscribe}. */
    UNSUBSCRIBE,
    /** {@code /meta/disconnect}. */
    DISCONNECT,
    /** Any other message of a client to a Bayeux channel. */
    PUBLISH,
    /** Anything else. */
    OTHER,
    /** Every request: for fault rules and queries, never the step of a request. */
    ANY;

    /**
     * The step of a Bayeux message.
     *
     * @param channel      its channel
     * @param subscription what it subscribes to, empty if it does not
     * @return the step
     */
    public static Step of(String channel, String subscription) {
        return subscription.equals("/notifications/services") && channel.equals("/meta/subscribe")
                ? SUBSCRIBE_SERVICES : ofChannel(channel);
    }

    /**
     * The step of a Bayeux message, whatever it subscribes to.
     *
     * @param channel its channel
     * @return the step
     */
    public static Step ofChannel(String channel) {
        return switch (channel) {
            case "/meta/handshake" -> HANDSHAKE;
            case "/meta/connect" -> CONNECT;
            case "/meta/subscribe" -> SUBSCRIBE;
            case "/meta/unsubscribe" -> UNSUBSCRIBE;
            case "/meta/disconnect" -> DISCONNECT;
            default -> PUBLISH;
        };
    }
}
