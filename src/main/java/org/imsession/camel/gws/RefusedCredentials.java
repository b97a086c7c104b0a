package org.imsession.camel.gws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which credential of which agent was refused last, and how often. Outlives the logins themselves, so that a route, a
 * team or a component that is started again does not begin to count anew. It is in memory only: another process knows
 * nothing of it. Safe for use by several threads.
 */
public final class RefusedCredentials {

    /** By server, then by agent. */
    private final Map<URI, Map<String, RefusalGuard>> guards = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /**
     * @param nanoTime monotonic time in nanoseconds
     */
    public RefusedCredentials(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The one of that agent at that server, with that pause from now on. */
    RefusalGuard of(GwsSettings server, String agent, Duration pause) {
        RefusalGuard guard = guards.computeIfAbsent(server.api(), api -> new ConcurrentHashMap<>())
                .computeIfAbsent(agent, name -> new RefusalGuard(nanoTime, pause));
        guard.pause(pause);
        return guard;
    }
}
