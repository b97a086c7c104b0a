package org.imsession.camel.bench;

import java.util.List;

/**
 * From publishing on the server to the entry of the route (ours) or of the listener (raw), with the typed message at
 * hand, at a steady rate. Property {@code bench.rates} (100,1000) in events per second.
 */
final class Latency implements Bench.Subject {

    private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9");
    private static final Goal MORE_THAN_RAW = Goal.atMost(0.03);

    private final int seconds = Bench.seconds(15);
    private final String[] rates = System.getProperty("bench.rates", "100,1000").split(",");
    private final Medians medians = new Medians();

    @Override
    public Table measure() throws Exception {
        try (Duel duel = new Duel(Before.with("ours", "raw"))) {
            for (String rate : rates) {
                for (String kind : duel.kinds(0)) {
                    duel.warmUp(kind, "1");
                    new WarmUp(kind + " at " + rate + " events/s, 1 / ms")
                            .run(() -> 1000 / times(duel, kind, rate, Math.min(2, seconds))[1]);
                }
            }
            for (int run = 0; run < Bench.runs(); run++) {
                for (String rate : rates) {
                    for (String kind : duel.kinds(run)) {
                        note(kind, rate, times(duel, kind, rate, seconds));
                    }
                }
            }
        }
        Table table = new Table("latency", "events/s, percentile",
                "ours, ms", "raw, ms", "ours / raw", "difference, ms");
        for (String rate : rates) {
            for (String percentile : PERCENTILES) {
                String ours = "ours " + rate + percentile;
                String raw = "raw " + rate + percentile;
                table.row(rate + ", " + percentile, "%.3f".formatted(medians.of(ours)),
                        "%.3f".formatted(medians.of(raw)), medians.ratio(ours, raw), medians.difference(ours, raw));
            }
            table.goal("p50, ours minus raw, ms, at " + rate + "/s", MORE_THAN_RAW,
                    medians.difference("ours " + rate + "p50", "raw " + rate + "p50"));
        }
        table.note("Medians of " + Bench.runs() + " turns of " + seconds + " s each.");
        for (String rate : rates) {
            Before.compare(table, medians, "ours", PERCENTILES.stream().map(each -> " " + rate + each).toList());
        }
        return table;
    }

    private static double[] times(Duel duel, String kind, String rate, int seconds) throws Exception {
        duel.client(kind).ask("time");
        duel.account(kind, Long.parseLong(duel.server().ask("pace " + kind + " " + rate + " " + seconds)));
        return duel.client(kind).numbers("times");
    }

    private void note(String kind, String rate, double[] times) {
        System.out.printf("turn at %s events/s, %s: p50 %.0f, p99 %.0f, p99.9 %.0f us%n", rate, kind, times[1],
                times[2], times[3]);
        for (int i = 0; i < PERCENTILES.size(); i++) {
            medians.add(kind + " " + rate + PERCENTILES.get(i), times[i + 1] / 1000);
        }
    }
}
