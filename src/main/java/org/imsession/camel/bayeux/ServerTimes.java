package org.imsession.camel.bayeux;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;

/** The times that the server's advice orders, and what follows from them. Safe for use by several threads. */
final class ServerTimes {

    private static final long DEFAULT_TIMEOUT_MILLIS = 30_000;
    /** With the keep-alive below the {@code maxInterval} that servers have by default, 10 s. */
    private static final long PATIENCE_MILLIS = 3_000;
    private static final int MOST_DOUBLINGS = 8;

    private final BayeuxSettings settings;
    private volatile long timeoutMillis = DEFAULT_TIMEOUT_MILLIS;
    private volatile long intervalMillis;
    private volatile long maxIntervalMillis;
    private volatile int standing;

    ServerTimes(BayeuxSettings settings) {
        this.settings = settings;
    }

    /** Learns from the advice of an answer, which is within bounds (see {@link Reply#mend}). */
    void learn(Map<String, Object> advice) {
        if (advice.get(Message.TIMEOUT_FIELD) instanceof Number timeout) {
            timeoutMillis = timeout.longValue();
        }
        if (advice.get(Message.INTERVAL_FIELD) instanceof Number interval) {
            intervalMillis = interval.longValue();
        }
        if (advice.get(Message.MAX_INTERVAL_FIELD) instanceof Number interval) {
            maxIntervalMillis = interval.longValue();
        }
    }

    Optional<Duration> maxInterval() {
        return maxIntervalMillis > 0 ? Optional.of(Duration.ofMillis(maxIntervalMillis)) : Optional.empty();
    }

    /** How long the server may hold that request: what it was asked for in it, or else what the server has told. */
    long heldMillis(Message request) {
        if (!Channel.META_CONNECT.equals(request.getChannel())) {
            return 0;
        }
        return request.getAdvice() != null && request.getAdvice().get(Message.TIMEOUT_FIELD) instanceof Number asked
                ? asked.longValue() : timeoutMillis;
    }

    /** For how long nothing may happen in a session that is well. */
    long allowedSilenceMillis() {
        return timeoutMillis + intervalMillis + settings.keepAlive().toMillis()
                + 2 * settings.maxNetworkDelay().toMillis();
    }

    /**
     * How long to hold a connect at most. A backlog that stands travels again with each heartbeat, so the heartbeats
     * become rarer: up to a safe part of the time after which the server gives the session up, if it tells that time,
     * and never beyond it.
     */
    long holdMillis() {
        long keepAlive = settings.keepAlive().toMillis();
        long longest = maxIntervalMillis > 0 ? maxIntervalMillis * 6 / 10 : keepAlive;
        return Math.min(longest, keepAlive << Math.min(standing++, MOST_DOUBLINGS));
    }

    /** How long a connect may wait beyond that for its position to be kept. */
    long patienceMillis() {
        return maxIntervalMillis > 0 ? Math.min(PATIENCE_MILLIS, maxIntervalMillis * 2 / 10) : PATIENCE_MILLIS;
    }

    /** There is no backlog that was sent again. */
    void moving() {
        standing = 0;
    }
}
