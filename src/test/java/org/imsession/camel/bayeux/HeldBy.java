package org.imsession.camel.bayeux;

import java.util.function.BooleanSupplier;

/** Who holds connects for a test: in a session that is acknowledged, of which the server has no more than it sent. */
record HeldBy(BooleanSupplier busy, long holdMillis) implements HeldConnect.Owner {

    @Override
    public boolean isTrusted() {
        return true;
    }

    @Override
    public boolean isBusy() {
        return busy.getAsBoolean();
    }

    @Override
    public boolean hasMore() {
        return false;
    }
}
