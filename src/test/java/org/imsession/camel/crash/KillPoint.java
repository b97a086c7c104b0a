package org.imsession.camel.crash;

import org.imsession.camel.store.CrashingRepository.Moment;

/** Where a process can die: rows F38 to F41 of the fault matrix. */
enum KillPoint {
    /** After an event was received, before its exchange has ended. */
    BEFORE_THE_ROUTE_ENDED(null),
    /** After its exchange has ended, before the position is saved. */
    BEFORE_THE_POSITION_IS_SAVED(Moment.BEFORE),
    /** While the position is being saved. */
    WHILE_THE_POSITION_IS_SAVED(Moment.WITHIN),
    /** After the position is saved, before the server hears of it. */
    BEFORE_THE_SERVER_KNOWS(Moment.AFTER),
    /** Not at all. */
    NONE(null);

    private final Moment moment;

    KillPoint(Moment moment) {
        this.moment = moment;
    }

    boolean isAt(Moment reached) {
        return moment == reached;
    }
}
