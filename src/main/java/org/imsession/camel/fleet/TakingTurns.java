package org.imsession.camel.fleet;

/** Two lines whose heads take turns, as long as both have one. Not safe for use by several threads. */
final class TakingTurns<T> implements RampedPace.Line<T> {

    private final RampedPace.Line<T> one;
    private final RampedPace.Line<T> other;
    private boolean oneWasLast;

    TakingTurns(RampedPace.Line<T> one, RampedPace.Line<T> other) {
        this.one = one;
        this.other = other;
    }

    @Override
    public boolean isEmpty() {
        return one.isEmpty() && other.isEmpty();
    }

    @Override
    public T remove() {
        oneWasLast = other.isEmpty() || !one.isEmpty() && !oneWasLast;
        return (oneWasLast ? one : other).remove();
    }
}
