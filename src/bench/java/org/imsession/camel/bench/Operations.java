package org.imsession.camel.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts sent: 200 at the same time by one agent, and 2,000 by 200 agents, until the server has accepted all, beside
 * Jetty's client by hand. Texts of one session are sent one after the other, by both: else one might overtake another.
 */
final class Operations implements Bench.Subject {

    /** So many agents, and so many texts of each at the same time. */
    private record Load(int agents, int texts) {

        int all() {
            return agents * texts;
        }

        @Override
        public String toString() {
            return "%,d at the same time on %,d agent%s".formatted(all(), agents, agents == 1 ? "" : "s");
        }
    }

    private static final List<Load> LOADS = List.of(new Load(1, 200), new Load(200, 10));
    private static final List<String> JVM = List.of("-Xmx1g");
    private static final Goal GOAL = Goal.atLeast(0.9);

    private final List<String> kinds = List.of(Before.with("ours", "raw"));
    private final int seconds = Bench.seconds(4);
    private final Medians medians = new Medians();

    @Override
    public Table measure() throws Exception {
        int most = LOADS.stream().mapToInt(Load::agents).max().orElseThrow();
        Map<String, ChildProcess> clients = new LinkedHashMap<>();
        try (ChildProcess server = new ChildProcess("server", JVM, ServerProcess.class, "" + most)) {
            String talks = server.ask("talks");
            for (String kind : kinds) {
                clients.put(kind, new ChildProcess(kind, JVM, TextsProcess.class, kind, server.ask("url")));
                clients.get(kind).ask("talks " + talks);
            }
            for (Load load : LOADS) {
                for (String kind : kinds) {
                    new WarmUp(kind + ", " + load + ", texts/s").run(() -> turn(clients.get(kind), load, 0.5)[0]);
                }
            }
            for (int run = 0; run < Bench.runs(); run++) {
                List<String> order = new ArrayList<>(kinds);
                Collections.rotate(order, -run);
                for (Load load : LOADS) {
                    for (String kind : order) {
                        note(kind, load, turn(clients.get(kind), load, seconds));
                    }
                }
            }
        } finally {
            clients.values().forEach(ChildProcess::close);
        }
        return table();
    }

    /** Again and again for so long; texts a second, and CPU in µs for a text. */
    private static double[] turn(ChildProcess client, Load load, double seconds) throws Exception {
        double nanos = 0;
        double cpu = 0;
        double texts = 0;
        while (nanos < seconds * 1e9) {
            double[] took = client.numbers("send " + load.agents() + " " + load.texts());
            nanos += took[0];
            cpu += took[1];
            texts += load.all();
        }
        return new double[] { texts * 1e9 / nanos, cpu / 1000 / texts };
    }

    private void note(String kind, Load load, double[] rate) {
        System.out.printf("turn %s, %s: %,.0f texts/s%n", load, kind, rate[0]);
        medians.add(kind + " " + load, rate[0]);
        medians.add(kind + " " + load + " cpu", rate[1]);
    }

    private Table table() {
        Table table = new Table("operations", "sendMessage", "ours, texts/s", "raw", "ours / raw",
                "CPU µs/text, ours", "raw", "ours / raw");
        for (Load load : LOADS) {
            String ours = "ours " + load;
            String raw = "raw " + load;
            table.row(load, medians.text(ours), medians.text(raw), medians.ratio(ours, raw),
                    medians.text(ours + " cpu"), medians.text(raw + " cpu"),
                    medians.ratio(ours + " cpu", raw + " cpu"))
                    .goal(load + " / raw", GOAL, medians.ratio(ours, raw));
        }
        table.note("Medians of " + Bench.runs() + " turns of " + seconds + " s each.");
        for (Load load : LOADS) {
            Before.compare(table, medians, "ours", List.of(" " + load, " " + load + " cpu"));
        }
        return table;
    }
}
