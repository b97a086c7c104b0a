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
final class Attempts {

    /** A session that lived this long was no accident, so the next failure starts counting anew. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int UNREADABLE_BEFORE_GIVING_UP = 3;

    private final FeedSettings settings;
    private final FeedThreads threads;
    private volatile int failed;
    private boolean refused;
    private int unreadable;
    private long liveSinceNanos;
    private boolean merciful;

    Attempts(FeedSettings settings, FeedThreads threads) {
        this.settings = settings;
        this.threads = threads;
    }

    int failed() {
        return failed;
    }

    void failedAgain() {
        failed++;
    }

    /** How long to wait before the next attempt, in milliseconds, or longer if the server said so. */
    long delay(Optional<Duration> retryAfter) {
        long own = settings.backoff().millis(Math.max(1, failed), threads.random());
        return Math.max(own, retryAfter.map(Duration::toMillis).orElse(0L));
    }

    void live() {
        liveSinceNanos = threads.nanoTime().getAsLong();
        merciful = true;
    }

    /** An answer came: if the feed has been live for long, all is forgiven. */
    void heard() {
        unreadable = 0;
        if (isStable()) {
            failed = 0;
            merciful = true;
        }
    }

    /**
     * The server answers again, if only to say that it knows nothing of the session or the login: it was away, and has
     * been restarted. What failed meanwhile is no reason to stay away longer, for a feed that had been live for long;
     * once, until the feed is well again, since what the server answers may be its last word.
     */
    void answeredAgain() {
        if (merciful && isStable()) {
            failed = 0;
            merciful = false;
        }
    }

    boolean isStable() {
        return threads.nanoTime().getAsLong() - liveSinceNanos >= STABLE_NANOS;
    }

    void forgive() {
        failed = 0;
    }

    void accepted() {
        refused = false;
    }

    /** Whether the last login was refused. */
    boolean wasRefused() {
        return refused;
    }

    /** Whether trying on only does harm: the credential was refused, or the agent has no right to use IM. */
    boolean isFinal(GwsException failure) {
        refused = failure.kind() == GwsException.Kind.CREDENTIALS_REFUSED;
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
