package org.imsession.camel.feed;

import java.time.Instant;

/** What a feed counts, by whatever thread. */
final class FeedCounters {

    private long received;
    private long gaps;
    private long foreign;
    private long reconnects;
    private long failedLogins;
    private Instant lastEvent;

    synchronized void received(int events, Instant now) {
        received += events;
        lastEvent = now;
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
        return lastEvent;
    }
}
