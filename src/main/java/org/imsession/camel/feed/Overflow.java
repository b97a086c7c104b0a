package org.imsession.camel.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.imsession.camel.model.FeedGap;

/**
 * Events that a server which keeps nothing sent while too many waited: one gap for all that are dropped until there is
 * room again. A gap for each answer would itself wait without a bound, behind a route that is suspended. Safe for use
 * by several threads.
 */
final class Overflow {

    private final FeedSettings settings;
    private final InstantSource clock;
    private final UntoldGaps untold;
    private volatile Instant since;
    private long events;

    Overflow(FeedSettings settings, InstantSource clock, UntoldGaps untold) {
        this.settings = settings;
        this.clock = clock;
        this.untold = untold;
    }

    /**
     * Events were dropped.
     *
     * @param from none of them was sent before that moment
     */
    synchronized void dropped(int number, Instant from) {
        untold.add(this, from);
        if (since == null) {
            since = from;
            FeedLog.dropping(settings, from);
        }
        events += number;
    }

    /** Whether anything was dropped of which nobody was told. */
    boolean isOpen() {
        return since != null;
    }

    /** The gap to tell, if anything was dropped; it is among the untold ones. */
    synchronized Optional<FeedGap> end() {
        if (since == null) {
            return Optional.empty();
        }
        FeedGap gap = new FeedGap(settings.agent(), since, clock.instant(), FeedGap.Reason.BUFFER_OVERFLOW,
                FeedGap.Certainty.CERTAIN, "at least " + events + " events were dropped: " + why(settings));
        untold.replace(this, gap);
        forget();
        return Optional.of(gap);
    }

    /** The feed stops; the next start tells of what has not been told. */
    synchronized void forget() {
        since = null;
        events = 0;
    }

    static String why(FeedSettings settings) {
        return "more than maxPending=" + settings.bayeux().maxPending() + " waited, an answer exceeded"
                + " maxMessageSize=" + settings.bayeux().maxMessageSize() + ", or the heap has no room for more";
    }
}
