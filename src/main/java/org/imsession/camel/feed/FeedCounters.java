package org.imsession.camel.feed;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a feed counts, by whatever thread. */
final class FeedCounters {

    final AtomicLong received = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong foreign = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    /** Events received and not ended. */
    final AtomicInteger pending = new AtomicInteger();
    volatile Instant lastEvent;
}
