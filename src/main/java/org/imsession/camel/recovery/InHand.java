package org.imsession.camel.recovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The one event of an agent that a route has, and what has failed since one went through. Safe for several threads. */
final class InHand {

    private static final String AT_WORK = "it is in the route and has not ended";

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private String sequence = "";
    private String kind = "";
    private String failedKind = "";
    private long givenNanos;
    private boolean held;
    private boolean failedItself;
    private boolean givenUp;
    private boolean failing;
    private long failedNanos;
    private Instant since = Instant.MAX;
    private int failures;
    private String reason = "";

    InHand(Duration limit, LongSupplier nanoTime, Clock clock) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** An event is given to the route, perhaps again. */
    synchronized void given(String next, String itsKind) {
        if (!is(next)) {
            sequence = next;
            kind = itsKind;
            givenNanos = nanoTime.getAsLong();
            failedItself = false;
        }
        held = true;
        givenUp = false;
    }

    /** Whether it is that one: a copy of another may go on after its end. */
    private boolean is(String other) {
        return held && sequence.equals(other);
    }

    /**
     * An attempt has failed.
     *
     * @return whether it was one of the event that is in hand
     */
    synchronized boolean failed(String which, String why, boolean last) {
        if (is(which)) {
            begin(why);
            failures++;
            givenUp |= last;
        }
        return is(which);
    }

    private void begin(String why) {
        if (!failing) {
            failing = true;
            since = given();
            failures = 0;
        }
        failedItself = true;
        failedKind = kind;
        failedNanos = nanoTime.getAsLong();
        reason = why;
    }

    private Instant given() {
        return clock.instant().minusNanos(nanoTime.getAsLong() - givenNanos);
    }

    /**
     * It has ended.
     *
     * @return whether it has gone through after it, or others of its kind before it, had failed
     */
    synchronized boolean ended(String which) {
        boolean through = is(which) && failing && !givenUp && kind.equals(failedKind);
        held &= !is(which);
        failing &= !through;
        return through;
    }

    synchronized boolean isHeld() {
        return held;
    }

    /** Whether it fails: after others of its kind that did so just before, it is expected to. */
    synchronized boolean isFailing() {
        return held && failing && (failedItself || kind.equals(failedKind)
                && nanoTime.getAsLong() - failedNanos < limit.toNanos());
    }

    /** The sink of that kind is well: what was given up is past. */
    synchronized void forgive(String which) {
        failing &= held || !failedKind.equals(which);
    }

    private boolean isOverdue() {
        return held && nanoTime.getAsLong() - givenNanos >= limit.toNanos();
    }

    /** The sequence of an event that does not end, and is to be told of, if there is one. */
    synchronized Optional<String> stuck() {
        if (!isOverdue()) {
            return Optional.empty();
        }
        begin(failing ? reason : AT_WORK);
        return Optional.of(sequence);
    }

    synchronized Optional<UndeliveredEvent> seen(String agent) {
        if (isFailing()) {
            return Optional.of(new UndeliveredEvent(agent, sequence, since, failures, reason));
        }
        return isOverdue() ? Optional.of(new UndeliveredEvent(agent, sequence, given(), 0, AT_WORK)) : Optional.empty();
    }
}
