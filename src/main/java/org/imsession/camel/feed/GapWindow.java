package org.imsession.camel.feed;

import java.time.Instant;
import java.util.Optional;
import org.imsession.camel.model.FeedGap;

/**
 * The time in which notifications may have been lost: opened by the first thing that breaks the feed, closed when it is
 * whole again, and reported once, whatever else happened in between. One thread at a time.
 */
final class GapWindow {

    private final String agent;
    private Instant from;
    private FeedGap.Reason reason;
    private FeedGap.Certainty certainty;
    private String detail;

    GapWindow(String agent) {
        this.agent = agent;
    }

    /**
     * Opens the window, or keeps it open: it begins as early as anybody says, a lost session outweighs a lost answer.
     *
     * @param whole when the feed was last known to be whole
     */
    void open(Instant whole, FeedGap.Reason why, FeedGap.Certainty sure, String line) {
        from = reason == null ? whole : UntoldGaps.earlier(from, whole);
        if (reason == null || reason == FeedGap.Reason.ANSWER_LOST) {
            reason = why;
            detail = line;
        }
        if (certainty != FeedGap.Certainty.CERTAIN) {
            certainty = sure;
        }
    }

    /** Closes the window; the gap to report, if it was open. */
    Optional<FeedGap> close(Instant now) {
        if (reason == null) {
            return Optional.empty();
        }
        FeedGap gap = new FeedGap(agent, from, now, reason, certainty, detail);
        reason = null;
        certainty = null;
        return Optional.of(gap);
    }

    boolean isOpen() {
        return reason != null;
    }
}
