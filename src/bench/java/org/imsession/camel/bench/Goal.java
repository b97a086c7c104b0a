package org.imsession.camel.bench;

/** What a figure is to be at most or at least, and whether it is, as far as the noise of the machine lets one say. */
record Goal(double bound, boolean most) {

    static Goal atMost(double bound) {
        return new Goal(bound, true);
    }

    static Goal atLeast(double bound) {
        return new Goal(bound, false);
    }

    /** Whether the median is at the goal, or only some of the turns, or none. */
    String verdict(Spread measured) {
        return !measured.isMeasured() ? "not measured" : holds(measured.median()) ? "reached"
                : holds(most ? measured.least() : measured.most()) ? "within noise" : "missed";
    }

    private boolean holds(double value) {
        return most ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
        return (most ? "<= " : ">= ") + "%.2f".formatted(bound).replaceAll("\\.?0+$", "");
    }
}
