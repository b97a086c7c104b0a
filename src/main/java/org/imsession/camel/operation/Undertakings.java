package org.imsession.camel.operation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.imsession.camel.feed.FeedRuntime;

/**
 * What only an agent needs who does something: of thousands most only listen.
 *
 * @param lanes        keep the operations of a session in order
 * @param expectations what the operations will cause
 * @param urge         keeps the feed from holding connects back
 * @param waits        for notifications
 */
record Undertakings(SessionOrder lanes, Expectations expectations, HoldBreaker urge, Set<AwaitedOperation> waits) {

    static Undertakings begin(FeedRuntime runtime, HeardSessions sessions) {
        return new Undertakings(new SessionOrder(runtime.scheduler()), new Expectations(runtime.nanoTime(), sessions),
                new HoldBreaker(runtime.scheduler()), ConcurrentHashMap.newKeySet());
    }
}
