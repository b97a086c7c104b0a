package org.imsession.camel.bayeux;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slows the connects to a server that answers them at once and has nothing new to say, where CometD's client would
 * connect again as fast as the network lets it: a server that does not count what we acknowledge, or that does not hold
 * connects at all. A few such answers are normal, after a handshake or an interruption. One thread at a time.
 */
final class EmptyAnswerThrottle {

    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int NORMAL = 3;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final int MOST_DOUBLINGS = 20;

    private final LongSupplier nanoTime;
    private volatile long leftNanos;
    private volatile int inARow;

    EmptyAnswerThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A connect leaves. */
    void left() {
        leftNanos = nanoTime.getAsLong();
    }

    /** It was answered; {@code empty} if nothing came of it and nothing is at work. */
    void answered(boolean empty) {
        int soFar = inARow;
        inARow = empty && nanoTime.getAsLong() - leftNanos < QUICK_NANOS ? soFar + 1 : 0;
    }

    /** How long the next connect is to wait, at most that long. */
    long pauseMillis(long most) {
        int excess = inARow - NORMAL;
        return excess <= 0 ? 0 : Math.min(most, FIRST_PAUSE_MILLIS << Math.min(excess - 1, MOST_DOUBLINGS));
    }
}
