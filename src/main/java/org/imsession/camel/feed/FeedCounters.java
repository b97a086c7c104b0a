package org.imsession.camel.feed;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What a feed counts, by whatever thread. */
final class FeedCounters {

    private static final long NEVER = Long.MIN_VALUE;

    private long received;
    private long gaps;
    private long foreign;
    private long reconnects;
    private long failedLogins;
    /** In nanoseconds of the epoch: for each event an object would be written into one that is old. */
    private long lastEventNanos = NEVER;

    synchronized void received(int events, Instant now) {
        received += events;
        lastEventNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    synchronized void gap() {
        gaps++;
    }

    synchronized void foreignEvent() {
        foreign++;
    }

    synchronized void reconnect() {
        reconnects++;
    }

    synchronized void failedLogin() {
        failedLogins++;
    }

    synchronized long received() {
        return received;
    }

    synchronized long gaps() {
        return gaps;
    }

    synchronized long foreign() {
        return foreign;
    }

    synchronized long reconnects() {
        return reconnects;
    }

    synchronized long failedLogins() {
        return failedLogins;
    }

    /** When the last event was received, {@code null} if none was. */
    synchronized Instant lastEvent() {
        return lastEventNanos == NEVER ? null : Instant.ofEpochSecond(0, lastEventNanos);
    }
}
