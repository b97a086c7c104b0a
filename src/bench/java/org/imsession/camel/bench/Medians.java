package org.imsession.camel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Measured values by name, all turns of each, and what they came to. One thread at a time. */
final class Medians {

    private final Map<String, List<Double>> values = new HashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    double of(String name) {
        return spread(name).median();
    }

    Spread spread(String name) {
        return Spread.of(values.getOrDefault(name, List.of()));
    }

    /** The median, rounded to what the noise leaves meaningful: three digits. */
    String text(String name) {
        double value = of(name);
        return Double.isNaN(value) ? "-" : value >= 100 || value == 0 ? "%,d".formatted(Math.round(value))
                : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    /** How many times the second the first is, in each turn: what else the machine did then hit both. */
    Spread ratio(String name, String to) {
        return pairs(name, to, (ours, theirs) -> ours / theirs);
    }

    /** How much more than the second the first is, in each turn. */
    Spread difference(String name, String to) {
        return pairs(name, to, (ours, theirs) -> ours - theirs);
    }

    private Spread pairs(String name, String to, DoubleBinaryOperator compare) {
        List<Double> ours = values.getOrDefault(name, List.of());
        List<Double> theirs = values.getOrDefault(to, List.of());
        List<Double> pairs = new ArrayList<>();
        for (int turn = 0; turn < Math.min(ours.size(), theirs.size()); turn++) {
            pairs.add(compare.applyAsDouble(ours.get(turn), theirs.get(turn)));
        }
        return Spread.of(pairs);
    }
}
