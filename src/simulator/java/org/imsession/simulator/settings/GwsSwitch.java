package org.imsession.simulator.settings;

/**
 * One behaviour of the simulated server that can be turned on or off: what deployments differ in, and what the public
 * documentation of Genesys Web Services leaves open, so that a client is tested against both answers.
 */
public enum GwsSwitch {

    /** CometD's acknowledge extension is installed on the server. Read at start. */
    ACK_EXTENSION(true),

    /** The advice carries {@code maxInterval} (CometD's option {@code handshakeReconnect}). Read at start. */
    ADVERTISE_MAX_INTERVAL(false),

    /** Messages may come in the body of the handshake reply, counted by {@code x-messages}. Read at start. */
    MESSAGES_IN_HANDSHAKE(false),

    /** Bayeux errors in the words of CometD 3 ("402::Unknown client"), which GWS 8.5.2 runs, not of CometD 9. */
    COMETD_3_ERROR_TEXTS(true),

    /** CometD requests without credentials get HTTP 403 with statusCode 20; off: Bayeux {@code 403}, reconnect none. */
    HANDSHAKE_REFUSED_BY_HTTP(true),

    /** Every Bayeux session of an agent gets the agent's notifications; off: the newest one only. */
    ALL_SESSIONS_OF_AGENT(true),

    /** The sender of a text gets it back as a notification, as the documentation of SendMessage shows. */
    ECHO_TO_SENDER(true),

    /** A notification is published before the HTTP reply of the operation that caused it; real servers do both. */
    NOTIFICATION_BEFORE_REPLY(false),

    /** Pushed states have a leading blank ({@code " Talking"}), as in the samples of the documentation. */
    LEADING_BLANK_IN_STATE(false),

    /** Notifications carry {@code metrics.eventProcessing}, as seen on call messages of 8.5.202.96. */
    METRICS(false),

    /** The id inside {@code uri} is not the {@code id}, as in the samples of the documentation. */
    ID_IN_URI_DIFFERS(false),

    /** Deployment option {@code enableCsrfProtection}: POST, PUT and DELETE need the token learned from a GET. */
    CSRF(false),

    /** With {@link #CSRF}: requests to {@code /api/v2/notifications} need the token, too. */
    CSRF_ON_NOTIFICATIONS(true),

    /** A called party answers at once; off: the session stays Alerting until the test or the agent moves it. */
    PEER_ANSWERS(true),

    /** Every new HTTP session also gets the cookie of a load balancer, {@code AWSELB}. */
    LOAD_BALANCER_COOKIE(false);

    private final boolean onByDefault;

    GwsSwitch(boolean onByDefault) {
        this.onByDefault = onByDefault;
    }

    /**
     * The position of the switch when nothing is said.
     *
     * @return whether it is on by default
     */
    public boolean onByDefault() {
        return onByDefault;
    }
}
