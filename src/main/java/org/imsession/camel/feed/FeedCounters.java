package org.imsession.camel.feed;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.imsession.camel.gws.AnswerMemory;

/** What a feed counts, by whatever thread. */
final class FeedCounters {

    final AtomicLong received = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong foreign = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    volatile Instant lastEvent;
    private final AnswerMemory.Share memory;
    private volatile PendingEvents pending;

    /** @param memory what events received and not ended take of the heap */
    FeedCounters(AnswerMemory.Share memory) {
        this.memory = memory;
        this.pending = new PendingEvents(memory);
    }

    AnswerMemory.Share memory() {
        return memory;
    }

    /** Events received and not ended, since the feed was started. */
    PendingEvents pending() {
        return pending;
    }

    /** Counts anew; events that end later still count down the old counter. */
    void forgetPending() {
        PendingEvents before = pending;
        pending = new PendingEvents(memory);
        before.forget();
    }
}
