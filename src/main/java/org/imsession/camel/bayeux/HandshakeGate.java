package org.imsession.camel.bayeux;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Begins one session after the other: hands are shaken for the next only when CometD has come to the end of the one
 * before, which may be long after that was let go of, and whose end is not taken for that of the next. Safe for use by
 * several threads: whoever lets go of a session waits until its handshake has left or knows that it will not, for one
 * that began behind it would be a session that nobody ends, and no other would ever begin. CometD calls {@link #ended}
 * without a lock of its own, so it may wait, too.
 */
final class HandshakeGate {

    private static final long REOPEN_MILLIS = 20;

    private final Runnable handshake;
    private final BooleanSupplier wanted;
    private final BiConsumer<Runnable, Long> scheduler;
    private int latest;
    private int shaken;
    private boolean running;

    /**
     * @param handshake begins with the handshake; fails with an {@link IllegalStateException} if it is too early
     * @param wanted    whether a session is still wanted
     * @param scheduler runs something in so many milliseconds
     */
    HandshakeGate(Runnable handshake, BooleanSupplier wanted, BiConsumer<Runnable, Long> scheduler) {
        this.handshake = handshake;
        this.wanted = wanted;
        this.scheduler = scheduler;
    }

    /** Begins the next session, as soon as can be. */
    synchronized void begin() {
        shakeHands(++latest);
    }

    private synchronized void shakeHands(int number) {
        if (!wanted.getAsBoolean() || number != latest) {
            return;
        }
        if (!running) {
            running = true;
            shaken = number;
            try {
                handshake.run();
                return;
            } catch (IllegalStateException e) {
                running = false; // CometD tells of the end a moment before it has come to its end
            }
        }
        scheduler.accept(() -> shakeHands(number), REOPEN_MILLIS);
    }

    /**
     * Nothing begins any more, unless it has begun.
     *
     * @return whether it has, and CometD has not come to its end
     */
    synchronized boolean close() {
        if (!running) {
            latest++;
        }
        return running;
    }

    /** The session is let go of, or is not to begin any more. */
    synchronized void leave() {
        latest++;
    }

    /**
     * CometD has come to the end of a session.
     *
     * @return whether that one had not been left before
     */
    synchronized boolean ended() {
        running = false;
        boolean mine = shaken == latest;
        if (mine) {
            latest++;
        }
        return mine;
    }
}
