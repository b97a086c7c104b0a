package org.imsession.camel.feed;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What a feed counts, by whatever thread. */
final class FeedCounters {

    final AtomicLong received = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong foreign = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    final AtomicLong failedLogins = new AtomicLong();
    volatile Instant lastEvent;
}
