package org.imsession.camel.bayeux;

import java.util.Optional;

/**
 * Finds out whether the requests of one session reach several nodes that do not share sessions, because a load balancer
 * in front of them is not sticky: a session is unknown right after its own handshake. Where it was never known, one is
 * proof enough; where a connect or a few were answered first, it takes two sessions in a row, because a server that is
 * restarted has forgotten everything, too. A login that is unknown right after it was accepted may have other reasons,
 * so it is said as a guess, and proven by two in a row. Safe for use by several threads.
 */
final class Stickiness {

    private static final String FINDING = "the session was unknown right after its own handshake, so another node"
            + " answered: the load balancer needs sticky sessions (by cookie)";
    /** What may be behind it when a login is refused right after it was accepted; to be put behind a message. */
    static final String OTHER_NODE = ", right after the login was accepted: if several nodes of the server stand behind"
            + " one address, the load balancer needs sticky sessions (by cookie)";
    private static final String LOGIN_FINDING = "the login is not known" + OTHER_NODE;
    /** The first connect is answered at once, the next one is held: that one shows that the session is known. */
    private static final int SHOWS = 2;
    /** A balancer that draws lots lets some sessions live for a few connects, hardly for more than that. */
    private static final int PROVES = 5;
    private static final int IN_A_ROW = 2;

    private boolean own;
    private boolean renewed;
    private int connects;
    private int inARow;
    private boolean judged;
    private boolean suspicious;
    private String finding = "";

    /**
     * A session begins.
     *
     * @param handshake whether hands were shaken for it, and it is not that of an earlier process
     */
    synchronized void begun(boolean handshake) {
        own = handshake;
        renewed = false;
        judged = false;
        suspicious = false;
        connects = 0;
    }

    /** A connect was answered well. */
    synchronized void connected() {
        connects++;
        judged = false;
        suspicious = false;
        if (connects >= SHOWS) {
            finding = "";
        }
        if (connects >= PROVES) {
            inARow = 0;
        }
    }

    /**
     * The session is not known.
     *
     * @return whether that is because another node has answered, so that the one that shook hands still has it
     */
    synchronized boolean unknown() {
        boolean early = own && connects < PROVES;
        inARow = early ? inARow + 1 : 0;
        boolean scattered = early && (connects == 0 || inARow >= IN_A_ROW);
        finding = scattered ? FINDING : "";
        own = false;
        return scattered;
    }

    /** The login is not known to who answered a request of the session; it is renewed, or the session ends. */
    synchronized void refused() {
        suspicious = (own || renewed) && connects < SHOWS;
        inARow = suspicious ? inARow + 1 : 0;
        finding = suspicious && inARow >= IN_A_ROW ? LOGIN_FINDING : "";
        own = false;
        renewed = true;
        judged = true;
        connects = 0;
    }

    /**
     * The session has ended because its login is not known.
     *
     * @return whether the login had been accepted right before
     */
    synchronized boolean endedByRefusal() {
        if (!judged) {
            refused();
        }
        return suspicious;
    }

    /** What to tell an operator, if it is so. */
    synchronized Optional<String> finding() {
        return Optional.of(finding).filter(found -> !found.isEmpty());
    }
}
