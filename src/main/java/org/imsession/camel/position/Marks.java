package org.imsession.camel.position;

import java.time.Instant;
import java.util.List;

/** How far the ledger of losses is: what is kept with a position. Safe for use by several threads. */
public interface Marks {

    /**
     * The moment that is kept: what was sent before has ended, or has been told.
     *
     * @param settled the same for the position that is kept with it
     */
    Instant since(Instant settled);

    /** How far each subscriber is; see {@link #since}. */
    List<RouteMark> marks(Instant settled);
}
