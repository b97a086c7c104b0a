package org.imsession.camel.recovery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.gws.GwsException;

/**
 * Counts what failed since the feed was last live and stable, and decides from it how long to wait and when to give up.
 * Changed on the control executor of the feed only.
 */
public final class FailureCount {

    /** A session that lived this long was no accident, so the next failure starts counting anew. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /**
     * A feed that was live waits for at most this part of the time for which it has been cut off. So it is back soon
     * after the server, however long that was away, and many agents never ask more often than in the first second of
     * an outage.
     */
    private static final int PART_OF_OUTAGE = 4;
    /** A restarted server says that it has forgotten the login, and then the session. */
    private static final int MERCIES = 2;
    private static final int PROXY_REFUSES = 407;
    private static final int UNREADABLE_BEFORE_GIVING_UP = 3;

    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private volatile int failed;
    private boolean refused;
    private int unreadable;
    private long liveSinceNanos;
    private long cutOffSinceNanos;
    private boolean wasLive;
    private boolean cutOff;
    private boolean atOnce;
    private int mercies;

    /**
     * @param backoff  how long to wait after a failure
     * @param nanoTime monotonic time, in nanoseconds
     */
    public FailureCount(Backoff backoff, LongSupplier nanoTime, RandomGenerator random) {
        this.backoff = backoff;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /** How many failed since then. */
    public int failed() {
        return failed;
    }

    /** An attempt has failed. */
    public void failedAgain() {
        failed++;
        if (!cutOff) {
            cutOff = true;
            cutOffSinceNanos = nanoTime.getAsLong();
        }
    }

    /** How long to wait before the next attempt, in milliseconds, or longer if the server said so. */
    public long delay(Optional<Duration> retryAfter) {
        long own = atOnce ? 0 : backoff.millis(Math.max(1, failed), longest(), random);
        atOnce = false;
        return Math.max(own, retryAfter.map(Duration::toMillis).orElse(0L));
    }

    private long longest() {
        return wasLive ? TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - cutOffSinceNanos)
                / PART_OF_OUTAGE : Long.MAX_VALUE;
    }

    /** The feed is live. */
    public void live() {
        liveSinceNanos = nanoTime.getAsLong();
        wasLive = true;
        mercies = MERCIES;
        atOnce = false;
    }

    /** An answer came: if the feed has been live for long, all is forgiven. */
    public void heard() {
        unreadable = 0;
        if (isStable()) {
            forgive();
        }
    }

    /** The feed has been live until now: if for long, all is forgiven, although no answer may have come since. */
    public void liveNoLonger() {
        if (isStable()) {
            forgive();
        }
    }

    /**
     * The server answers again, if only to say that it knows nothing of the session or the login: it was away, and has
     * been restarted. What failed meanwhile is no reason to stay away longer, for a feed that had been live for long:
     * the next attempt is made at once. Not time and again until the feed is well, since what the server answers may be
     * its last word.
     */
    public void answeredAgain() {
        if (mercies > 0 && isStable()) {
            failed = 0;
            mercies--;
            atOnce = true;
        }
    }

    private boolean isStable() {
        return nanoTime.getAsLong() - liveSinceNanos >= STABLE_NANOS;
    }

    /** Counts anew. */
    public void forgive() {
        failed = 0;
        cutOff = false;
        mercies = MERCIES;
    }

    /** Whether there is nothing to forgive. */
    public boolean isForgiven() {
        return failed == 0 && unreadable == 0 && !cutOff && mercies == MERCIES;
    }

    /** A login was accepted, or another credential is to be tried. */
    public void accepted() {
        refused = false;
    }

    /** Whether the last login was refused. */
    public boolean wasRefused() {
        return refused;
    }

    /** Whether trying on only does harm: the credential or the proxy's was refused, or the agent has no right to IM. */
    public boolean isFinal(GwsException failure) {
        refused = failure.kind() == GwsException.Kind.CREDENTIALS_REFUSED || failure.httpStatus() == PROXY_REFUSES;
        return refused || failure.kind() == GwsException.Kind.FEATURE_MISSING;
    }

    /**
     * Whether a broken answer of the server has come so often that it would send it for ever. The page of a gateway
     * does not count: it comes from somebody else, for as long as the server is away, and the session may live on.
     */
    public boolean isHopeless(BayeuxFailure failure) {
        unreadable = failure.kind() == BayeuxFailure.Kind.UNREADABLE ? unreadable + 1 : 0;
        return unreadable >= UNREADABLE_BEFORE_GIVING_UP;
    }
}
