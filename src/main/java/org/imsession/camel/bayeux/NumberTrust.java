package org.imsession.camel.bayeux;

import java.util.Optional;

/**
 * Whether the numbers of a server are good for acknowledging by them. One that counts too high would forget what it
 * never sent, and gets no further acknowledgement. One that starts anew has lost what it kept, which is an accident, as
 * a restart is, unless it happens again and again. Safe for use by several threads.
 */
final class NumberTrust {

    /** Whoever has counted so far in a session can count. */
    private static final int COUNTED_WELL = 20;
    private static final int RESTARTS_BEFORE_GIVING_UP = 3;

    private boolean lost;
    private int restarts;
    private AckLedger judged;

    /** Whether to acknowledge in the next session. */
    synchronized boolean isLost() {
        return lost;
    }

    /** The owner has let go of the session, and will begin anew. */
    synchronized void renew() {
        lost = false;
        restarts = 0;
    }

    /** Why the session of that ledger must end; said once. */
    synchronized Optional<String> judge(AckLedger ledger) {
        boolean restarted = ledger.isRestarted();
        boolean miscounted = ledger.isMiscounted();
        if (judged == ledger || !restarted && !miscounted && !ledger.isUnnumbered()) {
            return Optional.empty();
        }
        judged = ledger;
        restarts = ledger.counted() < COUNTED_WELL ? restarts + 1 : 1;
        lost = !restarted || restarts >= RESTARTS_BEFORE_GIVING_UP;
        return Optional.of((restarted
                ? "the numbers of acknowledged events have started anew: the server has lost what it kept"
                : miscounted
                ? "the numbers of acknowledged events grow faster than they can: the server counts wrong, or another "
                        + "process uses this session"
                : "the server said that it keeps events until they are acknowledged, and gives them no numbers") + (lost ? "; it goes on without acknowledgement" : ""));
    }
}
