package org.imsession.camel.bench;

import java.util.List;
import java.util.Map;

/**
 * One agent, events as fast as the server can push: each {@code /meta/connect} is answered at once with a batch.
 * Property {@code bench.batches} (1,10,100) says how many events a batch has, {@code bench.clients} which clients take
 * part (ours,raw,salesforce).
 */
final class Throughput implements Bench.Subject {

    /** By events in an answer: throughput of raw, CPU of raw, throughput of camel-salesforce. */
    private static final Map<String, List<Goal>> GOALS = Map.of(
            "1", List.of(Goal.atLeast(0.95), Goal.atMost(1.05), Goal.atLeast(0.95)),
            "10", List.of(Goal.atLeast(1.0), Goal.atMost(1.0), Goal.atLeast(1.1)),
            "100", List.of(Goal.atLeast(1.1), Goal.atMost(0.95), Goal.atLeast(1.6)));

    private final int seconds = Bench.seconds(4);
    private final String[] batches = System.getProperty("bench.batches", "1,10,100").split(",");
    private final Medians medians = new Medians();

    @Override
    public Table measure() throws Exception {
        try (Duel duel = new Duel(Before.with(System.getProperty("bench.clients", "ours,raw,salesforce").split(",")))) {
            for (String batch : batches) {
                for (String kind : duel.kinds(0)) {
                    duel.warmUp(kind, batch);
                }
            }
            for (int run = 0; run < Bench.runs(); run++) {
                for (String batch : batches) {
                    for (String kind : duel.kinds(run)) {
                        duel.flood(kind, batch, () -> note(kind, batch, duel.rate(kind, 1000L * seconds)));
                    }
                }
            }
        }
        return table();
    }

    private void note(String kind, String batch, Duel.Rate rate) {
        System.out.printf("turn batches of %s, %s: %,.0f events/s%n", batch, kind, rate.perSecond());
        String name = kind + " " + batch;
        medians.add(name, rate.perSecond());
        medians.add(name + " cpu", rate.cpu());
        medians.add(name + " kb", rate.kb());
    }

    private Table table() {
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
            List<Goal> goals = GOALS.getOrDefault(batch, List.of());
            if (!goals.isEmpty()) {
                table.goal("throughput / raw, batches of " + batch, goals.get(0), medians.ratio(ours, raw))
                        .goal("CPU for an event / raw, batches of " + batch, goals.get(1),
                                medians.ratio(ours + " cpu", raw + " cpu"))
                        .goal("throughput / camel-salesforce, batches of " + batch, goals.get(2),
                                medians.ratio(ours, salesforce));
            }
        }
        table.note("Medians of " + Bench.runs() + " turns of " + seconds + " s each.");
        for (String batch : batches) {
            Before.compare(table, medians, "ours", List.of(" " + batch, " " + batch + " cpu", " " + batch + " kb"));
        }
        return table;
    }
}
