package org.imsession.camel.recovery;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.imsession.camel.text.ForPeople;

/**
 * How long to wait before the n-th attempt. With a jitter of 1 the delay is anywhere between nothing and the full one,
 * which spreads a thousand agents that lost the same server best.
 *
 * @param delay      the full delay before the first attempt
 * @param maximum    no full delay is longer
 * @param multiplier by how much each full delay exceeds the one before it, at least 1
 * @param jitter     the part of the delay that is left to chance, 0 to 1
 */
public record Backoff(Duration delay, Duration maximum, double multiplier, double jitter) {

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Backoff {
        if (delay.isNegative() || maximum.compareTo(delay) < 0) {
            throw new IllegalArgumentException("reconnectDelay " + ForPeople.duration(delay) + " must be between 0 and"
                    + " reconnectDelayMax " + ForPeople.duration(maximum));
        }
        if (!(multiplier >= 1) || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("reconnectMultiplier " + multiplier + " must be at least 1 and "
                    + "reconnectJitter " + jitter + " between 0 and 1");
        }
    }

    /**
     * @param attempt the number of the attempt, from 1
     * @return the delay in milliseconds
     */
    public long millis(int attempt, RandomGenerator random) {
        return millis(attempt, Long.MAX_VALUE, random);
    }

    /**
     * The same, but no full delay is longer than that, or than the first one.
     *
     * @param longest in milliseconds
     */
    public long millis(int attempt, long longest, RandomGenerator random) {
        double most = Math.min(maximum.toMillis(), Math.max(longest, delay.toMillis()));
        double full = Math.min(most, delay.toMillis() * Math.pow(multiplier, attempt - 1));
        return (long) (full * (1 - jitter * random.nextDouble()));
    }
}
