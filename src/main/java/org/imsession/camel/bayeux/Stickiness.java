package org.imsession.camel.bayeux;

import java.util.Optional;

/**
 * Finds out whether the requests of one session reach several nodes that do not share sessions, because a load balancer
 * in front of them is not sticky: a session is unknown right after its own handshake. Where it was never known, one is
 * proof enough; where a connect or a few were answered first, it takes two sessions in a row, because a server that is
 * restarted has forgotten everything, too. Safe for use by several threads.
 */
final class Stickiness {

    private static final String FINDING = "the session was unknown right after its own handshake, so another node"
            + " answered: the load balancer needs sticky sessions (by cookie)";
    /** The first connect is answered at once, the next one is held: that one shows that the session is known. */
    private static final int SHOWS = 2;
    /** A balancer that draws lots lets some sessions live for a few connects, hardly for more than that. */
    private static final int PROVES = 5;
    private static final int IN_A_ROW = 2;

    private boolean own;
    private int connects;
    private int inARow;
    private boolean scattered;

    /**
     * A session begins.
     *
     * @param handshake whether hands were shaken for it, and it is not that of an earlier process
     */
    synchronized void begun(boolean handshake) {
        own = handshake;
        connects = 0;
    }

    /** A connect was answered well. */
    synchronized void connected() {
        connects++;
        if (connects >= SHOWS) {
            scattered = false;
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
        scattered = early && (connects == 0 || inARow >= IN_A_ROW);
        own = false;
        return scattered;
    }

    /** What to tell an operator, if it is so. */
    synchronized Optional<String> finding() {
        return scattered ? Optional.of(FINDING) : Optional.empty();
    }
}
