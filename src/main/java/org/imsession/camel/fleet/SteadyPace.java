package org.imsession.camel.fleet;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.imsession.camel.feed.LoginPace;

/** A fixed number of logins in a second, evenly spread; whoever comes later than its turn would be goes at once. */
final class SteadyPace implements LoginPace {

    private final LongSupplier nanoTime;
    private final long stepNanos;
    private long nextNanos;

    /**
     * @param perSecond how many logins may begin in a second, at least 1
     */
    SteadyPace(LongSupplier nanoTime, int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("loginsPerSecond is " + perSecond + ", it must be at least 1");
        }
        this.nanoTime = nanoTime;
        this.stepNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nextNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized long millisToNextTurn() {
        long now = nanoTime.getAsLong();
        long turn = nextNanos - now > 0 ? nextNanos : now;
        nextNanos = turn + stepNanos;
        return TimeUnit.NANOSECONDS.toMillis(turn - now);
    }
}
