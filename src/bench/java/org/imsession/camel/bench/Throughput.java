package org.imsession.camel.bench;

import java.util.List;

/**
 * One agent, events as fast as the server can push: each {@code /meta/connect} is answered at once with a batch.
 * Property {@code bench.batches} (1,10,100) says how many events a batch has.
 */
final class Throughput implements Bench.Subject {

    private static final int SETTLING_MILLIS = 500;

    private final int seconds = Bench.seconds(4);
    private final int warmUp = Integer.getInteger("bench.warmUp", 4 * seconds);
    private final String[] batches = System.getProperty("bench.batches", "1,10,100").split(",");
    private final Medians medians = new Medians();

    @Override
    public Table measure() throws Exception {
        try (Duel duel = new Duel(Before.with(System.getProperty("bench.clients", "ours,raw,salesforce").split(",")))) {
            for (int run = 0; run <= Bench.runs(); run++) {
                for (String batch : batches) {
                    for (String kind : duel.kinds()) {
                        turn(duel, kind, batch, run == 0);
                    }
                }
            }
        }
        Table table = new Table("throughput", "events per answer",
                "ours, events/s", "raw", "ours / raw", "camel-salesforce", "ours / salesforce", "CPU µs/event, ours",
                "raw", "ours / raw", "salesforce", "KB allocated/event, ours", "raw", "ours / raw", "salesforce");
        for (String batch : batches) {
            String ours = "ours " + batch;
            String raw = "raw " + batch;
            String salesforce = "salesforce " + batch;
            table.row(batch, medians.text(ours), medians.text(raw), medians.ratio(ours, raw), medians.text(salesforce),
                    medians.ratio(ours, salesforce), medians.text(ours + " cpu"), medians.text(raw + " cpu"),
                    medians.ratio(ours + " cpu", raw + " cpu"), medians.text(salesforce + " cpu"),
                    medians.text(ours + " kb"), medians.text(raw + " kb"), medians.ratio(ours + " kb", raw + " kb"),
                    medians.text(salesforce + " kb"));
        }
        table.note("Medians of " + Bench.runs() + " turns of " + seconds + " s each.");
        for (String batch : batches) {
            Before.compare(table, medians, "ours", List.of(" " + batch, " " + batch + " cpu", " " + batch + " kb"));
        }
        return table;
    }

    private void turn(Duel duel, String kind, String batch, boolean warmingUp) throws Exception {
        ChildProcess client = duel.client(kind);
        duel.server().ask("flood " + kind + " " + batch);
        Thread.sleep(SETTLING_MILLIS);
        double[] before = client.numbers("mark");
        Thread.sleep(1000L * (warmingUp ? warmUp : seconds));
        double[] after = client.numbers("mark");
        duel.account(kind, Long.parseLong(duel.server().ask("rest " + kind)));
        double events = after[1] - before[1];
        double rate = events * 1e9 / (after[0] - before[0]);
        System.out.printf("%s batches of %s, %s: %,.0f events/s%n", warmingUp ? "warm-up" : "turn", batch, kind, rate);
        if (!warmingUp) {
            String name = kind + " " + batch;
            medians.add(name, rate);
            medians.add(name + " cpu", (after[2] - before[2]) / 1000 / events);
            medians.add(name + " kb", (after[3] - before[3]) / 1000 / events);
        }
    }
}
