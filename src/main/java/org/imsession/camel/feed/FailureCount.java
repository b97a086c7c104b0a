package org.imsession.camel.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.gws.GwsException;

/**
 * Counts what failed since the feed was last live and stable, and decides from it how long to wait and when to give up.
 * Changed on the control executor of the feed only.
 */
final class FailureCount {

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

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private volatile int failed;
    private boolean refused;
    private int unreadable;
    private long liveSinceNanos;
    private long cutOffSinceNanos;
    private boolean wasLive;
    private boolean cutOff;
    private boolean atOnce;
    private int mercies;

    FailureCount(FeedSettings settings, FeedRuntime runtime) {
        this.settings = settings;
        this.runtime = runtime;
    }

    int failed() {
        return failed;
    }

    void failedAgain() {
        failed++;
        if (!cutOff) {
            cutOff = true;
            cutOffSinceNanos = runtime.nanoTime().getAsLong();
        }
    }

    /** How long to wait before the next attempt, in milliseconds, or longer if the server said so. */
    long delay(Optional<Duration> retryAfter) {
        long own = atOnce ? 0 : settings.backoff().millis(Math.max(1, failed), longest(), runtime.random());
        atOnce = false;
        return Math.max(own, retryAfter.map(Duration::toMillis).orElse(0L));
    }

    private long longest() {
        return wasLive ? TimeUnit.NANOSECONDS.toMillis(runtime.nanoTime().getAsLong() - cutOffSinceNanos)
                / PART_OF_OUTAGE : Long.MAX_VALUE;
    }

    void live() {
        liveSinceNanos = runtime.nanoTime().getAsLong();
        wasLive = true;
        mercies = MERCIES;
        atOnce = false;
    }

    /** An answer came: if the feed has been live for long, all is forgiven. */
    void heard() {
        unreadable = 0;
        if (isStable()) {
            forgive();
        }
    }

    /** The feed has been live until now: if for long, all is forgiven, although no answer may have come since. */
    void liveNoLonger() {
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
    void answeredAgain() {
        if (mercies > 0 && isStable()) {
            failed = 0;
            mercies--;
            atOnce = true;
        }
    }

    private boolean isStable() {
        return runtime.nanoTime().getAsLong() - liveSinceNanos >= STABLE_NANOS;
    }

    void forgive() {
        failed = 0;
        cutOff = false;
        mercies = MERCIES;
    }

    void accepted() {
        refused = false;
    }

    /** Whether the last login was refused. */
    boolean wasRefused() {
        return refused;
    }

    /** Whether trying on only does harm: the credential or the proxy's was refused, or the agent has no right to IM. */
    boolean isFinal(GwsException failure) {
        refused = failure.kind() == GwsException.Kind.CREDENTIALS_REFUSED || failure.httpStatus() == PROXY_REFUSES;
        return refused || failure.kind() == GwsException.Kind.FEATURE_MISSING;
    }

    /**
     * Whether a broken answer of the server has come so often that it would send it for ever. The page of a gateway
     * does not count: it comes from somebody else, for as long as the server is away, and the session may live on.
     */
    boolean isHopeless(BayeuxFailure failure) {
        unreadable = failure.kind() == BayeuxFailure.Kind.UNREADABLE ? unreadable + 1 : 0;
        return unreadable >= UNREADABLE_BEFORE_GIVING_UP;
    }
}
