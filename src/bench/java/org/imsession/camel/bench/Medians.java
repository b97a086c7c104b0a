package org.imsession.camel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measured values by name, all turns of each, and their medians. One thread at a time. */
final class Medians {

    private final Map<String, List<Double>> values = new HashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    double of(String name) {
        List<Double> sorted = values.getOrDefault(name, List.of()).stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.isEmpty() ? Double.NaN
                : sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The median, rounded to what the noise leaves meaningful: three digits. */
    String text(String name) {
        return text(of(name));
    }

    static String text(double value) {
        return Double.isNaN(value) ? "-" : value >= 100 || value == 0 ? "%,d".formatted(Math.round(value))
                : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    /** The median of the ratios of the same turns, and how far they spread. */
    String pairs(String name, String to) {
        List<Double> ours = values.getOrDefault(name, List.of());
        List<Double> theirs = values.getOrDefault(to, List.of());
        String ratio = name + " / " + to;
        values.remove(ratio);
        for (int turn = 0; turn < Math.min(ours.size(), theirs.size()); turn++) {
            add(ratio, ours.get(turn) / theirs.get(turn));
        }
        List<Double> sorted = values.getOrDefault(ratio, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? "-" : "%.2f (%.2f to %.2f)".formatted(of(ratio), sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    /** How many times the second the first is. */
    String ratio(String name, String to) {
        double ratio = of(name) / of(to);
        return Double.isNaN(ratio) ? "-" : "%.2f".formatted(ratio);
    }
}
