package org.imsession.camel.bayeux;

import java.time.Instant;
import java.time.InstantSource;

/** For tests of what is done with events, without a session. */
public final class Ledgers {

    private Ledgers() {
    }

    /** Of a session with a server that keeps nothing. */
    public static AckLedger ofAServerThatKeepsNothing() {
        return new AckLedger(false, "1", Instant.EPOCH, InstantSource.system(), () -> { });
    }
}
