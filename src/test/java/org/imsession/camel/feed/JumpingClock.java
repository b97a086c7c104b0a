package org.imsession.camel.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;

/** A time of day that somebody sets. */
final class JumpingClock extends Clock {

    private volatile Duration offset = Duration.ZERO;
    private volatile BooleanSupplier when;
    private volatile Runnable what;

    void jump(Duration by) {
        offset = offset.plus(by);
    }

    /** Does something once, on the thread that asks for the time then. */
    void once(BooleanSupplier when, Runnable then) {
        what = then;
        this.when = when;
    }

    @Override
    public Instant instant() {
        BooleanSupplier now = when;
        if (now != null && now.getAsBoolean()) {
            when = null;
            what.run();
        }
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
