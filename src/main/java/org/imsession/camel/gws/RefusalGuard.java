package org.imsession.camel.gws;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.imsession.camel.spi.Credential;

/**
 * Keeps a credential that the server has refused from being sent over and over: directories lock an account after a
 * few wrong passwords, and then the agent's own desktop is locked out as well. It is sent {@value #TRIES} times at
 * most, in case the server erred, with a pause between, and then only when somebody says so. Safe for use by several
 * threads.
 */
final class RefusalGuard {

    static final int TRIES = 2;

    private final LongSupplier nanoTime;
    private Duration pause;
    private Credential refused;
    private int refusals;
    private long refusedAt;
    private boolean onceMore;

    /**
     * @param nanoTime monotonic time in nanoseconds
     * @param pause    how long a refused credential rests before the second try
     */
    RefusalGuard(LongSupplier nanoTime, Duration pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    synchronized void pause(Duration other) {
        pause = other;
    }

    synchronized boolean maySend(Credential credential) {
        return onceMore || !credential.equals(refused) || nextTry().filter(Duration::isZero).isPresent();
    }

    synchronized void refused(Credential credential) {
        refusals = credential.equals(refused) ? refusals + 1 : 1;
        refused = credential;
        refusedAt = nanoTime.getAsLong();
        onceMore = false;
    }

    /** After a login that was accepted. */
    synchronized void accepted() {
        refused = null;
        refusals = 0;
        onceMore = false;
    }

    /** An operator says that the account is in order again: the next credential is sent, whichever it is. */
    synchronized void onceMore() {
        onceMore = true;
    }

    /** How long the credential that was refused last rests before it may be sent again; empty if never unchanged. */
    synchronized Optional<Duration> nextTry() {
        if (refusals >= TRIES) {
            return Optional.empty();
        }
        Duration left = pause.minusNanos(nanoTime.getAsLong() - refusedAt);
        return Optional.of(refused == null || left.isNegative() ? Duration.ZERO : left);
    }

    /** The credential that was refused last. */
    synchronized Optional<Credential> last() {
        return Optional.ofNullable(refused);
    }
}
