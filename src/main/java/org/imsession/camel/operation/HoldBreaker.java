package org.imsession.camel.operation;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.imsession.camel.feed.AgentFeed;
import org.imsession.camel.threads.Timers;

/**
 * Keeps the feed from holding connects back while somebody waits for a notification: a route that works on an event and
 * waits within it for another of the same agent would otherwise wait for the keep-alive each time.
 */
final class HoldBreaker {

    private static final long EVERY_MILLIS = 200;

    private final ScheduledExecutorService scheduler;
    private int waiting;
    private Future<?> timer;

    HoldBreaker(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    synchronized void begin(AgentFeed feed) {
        if (waiting++ == 0) {
            timer = Timers.every(scheduler, EVERY_MILLIS, feed::connectNow);
        }
    }

    synchronized void end() {
        if (--waiting == 0 && timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
