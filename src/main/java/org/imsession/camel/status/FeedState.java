package org.imsession.camel.status;

import java.util.Map;
import java.util.Set;

/**
 * The states of a feed. Only {@code FeedMachine.become} changes the state, on the feed's own serial executor, and only
 * along this table:
 *
 * <pre>
 * from          to            when
 * STOPPED       LOGGING_IN    started
 * LOGGING_IN    HANDSHAKING   the login succeeded
 *               BACKING_OFF   the login failed, or another process still has the session
 *               PARKED        the credentials were refused three times, or the agent must not use IM at all
 * HANDSHAKING   SUBSCRIBING   the handshake succeeded
 *               BACKING_OFF   the handshake failed or was refused
 * SUBSCRIBING   LIVE          the server confirmed the subscription
 *               BACKING_OFF   the subscription was refused, or the session was lost
 * LIVE          RECONNECTING  a connect failed; the session may live on
 *               BACKING_OFF   the session was lost or ended
 * RECONNECTING  LIVE          a connect succeeded
 *               BACKING_OFF   the session was lost or ended
 *               PARKED        the credentials were refused three times
 * BACKING_OFF   LOGGING_IN    the delay is over, the session is free, or an operator said so
 * PARKED        LOGGING_IN    the credential changed, the long interval is over, or an operator said so
 * any but STOPPED  STOPPING   stopped
 * STOPPING      STOPPED       the server was told, or did not answer in time
 * </pre>
 */
public enum FeedState {
    /** Not started, or stopped. */
    STOPPED,
    /** Asking GWS who the agent is, which creates the HTTP session. */
    LOGGING_IN,
    /** Shaking hands with the Bayeux server. */
    HANDSHAKING,
    /** Waiting for the server to confirm the subscription. */
    SUBSCRIBING,
    /** Subscribed, and the last connect was answered well. The only state in which the feed is healthy. */
    LIVE,
    /** Connecting again within the same Bayeux session: nothing is lost yet. */
    RECONNECTING,
    /** Waiting, without a session, for the next login. */
    BACKING_OFF,
    /** Given up until something changes. */
    PARKED,
    /** Telling the server good-bye. */
    STOPPING;

    private static final Map<FeedState, Set<FeedState>> NEXT = Map.of(
            STOPPED, Set.of(LOGGING_IN),
            LOGGING_IN, Set.of(HANDSHAKING, BACKING_OFF, PARKED, STOPPING),
            HANDSHAKING, Set.of(SUBSCRIBING, BACKING_OFF, STOPPING),
            SUBSCRIBING, Set.of(LIVE, BACKING_OFF, STOPPING),
            LIVE, Set.of(RECONNECTING, BACKING_OFF, STOPPING),
            RECONNECTING, Set.of(LIVE, BACKING_OFF, PARKED, STOPPING),
            BACKING_OFF, Set.of(LOGGING_IN, STOPPING),
            PARKED, Set.of(LOGGING_IN, STOPPING),
            STOPPING, Set.of(STOPPED));

    /** The states that may follow this one. */
    public Set<FeedState> next() {
        return NEXT.get(this);
    }
}
