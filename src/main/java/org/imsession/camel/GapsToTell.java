package org.imsession.camel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imsession.camel.model.FeedGap;

/** Gaps that the next exchange of their agent is to tell in a header. Safe for use by several threads. */
final class GapsToTell {

    private final Map<String, FeedGap> gaps = new ConcurrentHashMap<>();

    /** Adds a gap; with one that has not been told it becomes one that covers both. */
    void add(FeedGap gap) {
        gaps.merge(gap.agent(), gap, FeedGap::joined);
    }

    /** The gap to tell now, after which there is none. */
    Optional<FeedGap> take(String agent) {
        return Optional.ofNullable(gaps.remove(agent));
    }
}
