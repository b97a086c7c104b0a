package org.imsession.camel.bench;

/**
 * From publishing on the server to the entry of the route (ours) or of the listener (raw), with the typed message at
 * hand, at a steady rate. Property {@code bench.rates} (100,1000) in events per second.
 */
final class Latency implements Bench.Subject {

    private final int seconds = Bench.seconds(15);
    private final int warmUp = Integer.getInteger("bench.warmUp", 20);
    private final String[] rates = System.getProperty("bench.rates", "100,1000").split(",");
    private final Medians medians = new Medians();

    @Override
    public Table measure() throws Exception {
        try (Duel duel = new Duel("ours", "raw")) {
            for (int run = 0; run <= Bench.runs(); run++) {
                for (String rate : rates) {
                    for (String kind : duel.kinds()) {
                        turn(duel, kind, rate, run == 0);
                    }
                }
            }
        }
        Table table = new Table("latency", "events/s, percentile",
                "ours, ms", "raw, ms", "ours / raw", "difference, ms");
        for (String rate : rates) {
            for (String percentile : new String[] { "p50", "p99", "p99.9" }) {
                String ours = "ours " + rate + percentile;
                String raw = "raw " + rate + percentile;
                table.row(rate + ", " + percentile, "%.2f".formatted(medians.of(ours)),
                        "%.2f".formatted(medians.of(raw)), medians.ratio(ours, raw),
                        "%+.2f".formatted(medians.of(ours) - medians.of(raw)));
            }
        }
        return table.note("Medians of " + Bench.runs() + " turns of " + seconds + " s each.");
    }

    private void turn(Duel duel, String kind, String rate, boolean warmingUp) throws Exception {
        if (warmingUp) {
            duel.server().ask("flood " + kind + " 10"); // until it is compiled
            Thread.sleep(1000L * warmUp / 2);
            duel.server().ask("rest " + kind);
        }
        duel.client(kind).ask("time");
        String sent = duel.server().ask("pace " + kind + " " + rate + " " + (warmingUp ? warmUp / 2 : seconds));
        duel.account(kind, Long.parseLong(sent));
        double[] times = duel.client(kind).numbers("times");
        System.out.printf("%s at %s events/s, %s: p50 %.0f, p99 %.0f, p99.9 %.0f us%n", warmingUp ? "warm-up" : "turn",
                rate, kind, times[1], times[2], times[3]);
        if (!warmingUp) {
            medians.add(kind + " " + rate + "p50", times[1] / 1000);
            medians.add(kind + " " + rate + "p99", times[2] / 1000);
            medians.add(kind + " " + rate + "p99.9", times[3] / 1000);
        }
    }
}
