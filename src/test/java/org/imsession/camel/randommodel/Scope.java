package org.imsession.camel.randommodel;

import java.util.List;

/** What chance may choose. */
enum Scope {

    /** Everything. */
    ALL,
    /** A server that acknowledges and never gives a session up; a process that dies has no repository. */
    SESSIONS_LIVE;

    private static final List<Mishap> ANY = List.of(Mishap.SLOW, Mishap.SLOW, Mishap.TOO_SLOW, Mishap.LOST_REQUEST,
            Mishap.LOST_ANSWER, Mishap.LOST_ANSWER, Mishap.CUT_ANSWER, Mishap.CUT_ANSWER, Mishap.ASKED_TWICE,
            Mishap.FORGOTTEN, Mishap.REFUSED);
    private static final List<Mishap> ON_THE_WAY = List.of(Mishap.SLOW, Mishap.LOST_REQUEST, Mishap.LOST_ANSWER,
            Mishap.CUT_ANSWER);
    private static final int LONG_MILLIS = 20_000;

    /** Whether an act may be done that ends a session. */
    boolean endsSessions() {
        return this == ALL;
    }

    List<Mishap> mishaps() {
        return this == ALL ? ANY : ON_THE_WAY;
    }

    Setting restrict(Setting drawn) {
        return this == ALL ? drawn : new Setting(true, false, drawn.ackFailed(), 1, false, drawn.keepAliveMillis(),
                LONG_MILLIS, drawn.maxPending(), drawn.sendEveryMillis(), mishaps(), drawn.mishapPercent(), 0);
    }
}
