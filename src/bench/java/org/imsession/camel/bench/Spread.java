package org.imsession.camel.bench;

import java.util.List;

/** What something came to in all turns: the median, the least and the most; not a number if there was no turn. */
record Spread(double median, double least, double most) {

    private static final double FINE = 0.1;

    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    boolean isMeasured() {
        return !Double.isNaN(median);
    }

    @Override
    public String toString() {
        return isMeasured() ? (Math.abs(median) < FINE ? "%.3f (%.3f to %.3f)" : "%.2f (%.2f to %.2f)")
                .formatted(median, least, most) : "-";
    }
}
