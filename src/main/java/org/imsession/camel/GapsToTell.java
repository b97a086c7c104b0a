package org.imsession.camel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imsession.camel.model.FeedGap;

/** Gaps that the next exchange of their agent is to tell in a header. Safe for use by several threads. */
final class GapsToTell {

    private static final int LONGEST_DETAIL = 500;

    private final Map<String, FeedGap> gaps = new ConcurrentHashMap<>();

    /** Adds a gap; with one that has not been told it becomes one that covers both. */
    void add(FeedGap gap) {
        gaps.merge(gap.agent(), gap, GapsToTell::both);
    }

    /** The gap to tell now, after which there is none. */
    Optional<FeedGap> take(String agent) {
        return Optional.ofNullable(gaps.remove(agent));
    }

    private static FeedGap both(FeedGap one, FeedGap other) {
        FeedGap first = other.from().isBefore(one.from()) ? other : one;
        FeedGap last = other.to().isBefore(one.to()) ? one : other;
        boolean certain = one.certainty() == FeedGap.Certainty.CERTAIN || other.certainty() == FeedGap.Certainty.CERTAIN;
        String detail = one.detail() + "; then " + other.detail();
        return new FeedGap(one.agent(), first.from(), last.to(), first.reason(),
                certain ? FeedGap.Certainty.CERTAIN : FeedGap.Certainty.POSSIBLE,
                detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "...");
    }
}
