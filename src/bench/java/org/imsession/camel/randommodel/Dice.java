package org.imsession.camel.randommodel;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Chance that does not depend on threads: the n-th answer to a question is the same in each run of a seed, whatever
 * was asked in between. Safe for use by several threads.
 */
final class Dice {

    private final long seed;
    private final Map<String, AtomicLong> asked = new ConcurrentHashMap<>();

    Dice(long seed) {
        this.seed = seed;
    }

    /** A number from 0 to below the bound. */
    int roll(String question, int bound) {
        long number = asked.computeIfAbsent(question, each -> new AtomicLong()).incrementAndGet();
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ (question.hashCode() * 31L + number) * 0xD1B54A32D192ED03L)
                .nextInt(bound);
    }

    boolean happens(String question, int percent) {
        return roll(question, 100) < percent;
    }
}
