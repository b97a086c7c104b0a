package org.imsession.camel.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many agents in one process: until all are subscribed, what they need while nothing happens, one event to each, and
 * until all are subscribed again after the server was restarted. All clients log in at the same pace. Properties:
 * {@code bench.agents} (1000,5000,10000), {@code bench.turns} (3), one number for all of these or one for each,
 * {@code bench.seconds} of idling (20), {@code bench.pace} in logins per second (200), {@code bench.clients}
 * (ours,raw).
 */
final class Scale implements Bench.Subject {

    private static final int MINUTES = 5;
    private static final int WARM_UP_AGENTS = 300;
    private static final int SPARE_DESCRIPTORS = 1000;
    /** From so many on the figures are held against the goals: with few, the process itself is most of it. */
    private static final int MANY = 10_000;
    private static final int STEADY_DELIVERIES = 5;
    /** What "at the pace" may take longer: the first and the last logins are not spread by it. */
    private static final double PACE_SLACK = 1.1;

    private final List<String> kinds =
            List.of(Before.with(System.getProperty("bench.clients", "ours,raw").split(",")));
    private final int idleSeconds = Bench.seconds(20);
    private final List<Integer> sizes = numbers(System.getProperty("bench.agents", "1000,5000,10000"));
    private final List<Integer> turns = numbers(System.getProperty("bench.turns", "3"));
    private final Medians medians = new Medians();

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    @Override
    public Table measure() throws Exception {
        int most = sizes.stream().max(Integer::compare).orElseThrow();
        checkDescriptors(most);
        try (ChildProcess server = new ChildProcess("server", List.of("-Xmx3g"), ServerProcess.class, "" + most)) {
            turn(server, kinds.get(kinds.size() - 1), Math.min(most, WARM_UP_AGENTS), true);
            for (int i = 0; i < sizes.size(); i++) {
                for (int turn = 0; turn < turns.get(Math.min(i, turns.size() - 1)); turn++) {
                    for (int each = 0; each < kinds.size(); each++) {
                        turn(server, kinds.get((turn + each) % kinds.size()), sizes.get(i), false);
                    }
                }
            }
        }
        return table();
    }

    /** A client and the server hold one connection for each agent, and a second one for each login under way. */
    private static void checkDescriptors(int agents) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long needed = agents + SPARE_DESCRIPTORS;
            if (unix.getMaxFileDescriptorCount() < needed) {
                throw new IllegalStateException("A process may open " + unix.getMaxFileDescriptorCount() + " files,"
                        + " and " + agents + " agents need " + needed + ": raise ulimit -n, or set -Dbench.agents=");
            }
        }
    }

    private void turn(ChildProcess server, String kind, int agents, boolean warmingUp) throws Exception {
        server.ask("restart"); // so that nothing is left of the client before
        String name = kind + " " + agents + " ";
        try (ChildProcess client = new ChildProcess(kind, List.of("-Xmx2g"), ClientProcess.class, kind,
                server.ask("url"))) {
            double[] empty = client.numbers("vitals");
            long began = System.nanoTime();
            client.ask("follow " + agents);
            note(warmingUp, name + "subscribe", awaitSubscribed(server, agents, began));
            Thread.sleep(2000); // snapshots and first connects
            double[] idle = client.numbers("vitals");
            note(warmingUp, name + "heap", (idle[0] - empty[0]) / agents);
            note(warmingUp, name + "threads", idle[1]);
            note(warmingUp, name + "descriptors", idle[2]);
            note(warmingUp, name + "cpu", idleCpu(client, warmingUp ? 1 : idleSeconds));
            note(warmingUp, name + "first", deliver(server, client, agents));
            note(warmingUp, name + "deliver", steadyDelivery(name, server, client, agents));
            server.ask("restart");
            note(warmingUp, name + "recover", awaitSubscribed(server, agents, System.nanoTime()));
            note(warmingUp, name + "again", deliver(server, client, agents));
        }
    }

    private static double steadyDelivery(String name, ChildProcess server, ChildProcess client, int agents)
            throws Exception {
        new WarmUp(name + "events/s").run(() -> 1 / medianDelivery(server, client, agents) * agents);
        return medianDelivery(server, client, agents);
    }

    /** Of several, for one is shorter or longer than the next by more than the compiler makes them shorter. */
    private static double medianDelivery(ChildProcess server, ChildProcess client, int agents) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < STEADY_DELIVERIES; i++) {
            times.add(deliver(server, client, agents));
        }
        return Spread.of(times).median();
    }

    private void note(boolean warmingUp, String name, double value) {
        System.out.printf("%s%s: %.2f%n", warmingUp ? "warm-up " : "", name, value);
        if (!warmingUp) {
            medians.add(name, value);
        }
    }

    /** In percent of one core. */
    private static double idleCpu(ChildProcess client, int seconds) throws Exception {
        double[] before = client.numbers("mark");
        Thread.sleep(1000L * seconds);
        double[] after = client.numbers("mark");
        return 100 * (after[2] - before[2]) / (after[0] - before[0]);
    }

    private static double awaitSubscribed(ChildProcess server, int agents, long began) throws Exception {
        return await(began, 200, "not all have subscribed", () -> count(server, "subscribed " + agents) == agents);
    }

    private static double deliver(ChildProcess server, ChildProcess client, int agents) throws Exception {
        long before = count(client, "count");
        long began = System.nanoTime();
        server.ask("deliver " + agents);
        return await(began, 2, "not all have got an event", () -> count(client, "count") >= before + agents);
    }

    private static long count(ChildProcess process, String order) {
        try {
            return Long.parseLong(process.ask(order));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Seconds until it is so. */
    private static double await(long began, long pauseMillis, String otherwise, BooleanSupplier condition)
            throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > MINUTES * 60e9) {
                throw new IllegalStateException(otherwise + " within " + MINUTES + " minutes");
            }
            Thread.sleep(pauseMillis);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private Table table() {
        Table table = new Table("scale", "agents, measured", "ours",
                "raw", "ours / raw");
        for (int agents : sizes) {
            row(table, agents, "until all subscribed, s", "subscribe");
            row(table, agents, "heap per agent after GC, KiB", "heap");
            row(table, agents, "threads", "threads");
            row(table, agents, "descriptors", "descriptors");
            row(table, agents, "idle CPU, % of a core", "cpu");
            row(table, agents, "the first event to each, s", "first");
            row(table, agents, "one event to each when warm, s", "deliver");
            row(table, agents, "until all subscribed after a restart of the server, s", "recover");
            if (agents >= MANY) {
                goals(table, agents);
            }
        }
        table.note("Medians of " + turns.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + " turns, " + Pace.PER_SECOND + " logins a second, idle for " + idleSeconds
                + " s. " + (Boolean.getBoolean("bench.routes") ? "A route for each agent."
                : "One endpoint for all agents."));
        for (int agents : sizes) {
            Before.compare(table, medians, "ours", Stream.of("heap", "cpu", "first", "deliver", "recover")
                    .map(value -> " " + agents + " " + value).toList());
        }
        return table;
    }

    private void row(Table table, int agents, String what, String value) {
        String ours = "ours " + agents + " " + value;
        String raw = "raw " + agents + " " + value;
        table.row("%,d: %s".formatted(agents, what), medians.text(ours), medians.text(raw), medians.ratio(ours, raw));
    }

    private void goals(Table table, int agents) {
        String of = "%,d agents: ".formatted(agents);
        String ours = "ours " + agents + " ";
        String raw = "raw " + agents + " ";
        table.goal(of + "heap for an agent / raw", Goal.atMost(1.15), medians.ratio(ours + "heap", raw + "heap"))
                .goal(of + "one event to each when warm / raw", Goal.atMost(1.05),
                        medians.ratio(ours + "deliver", raw + "deliver"))
                .goal(of + "idle CPU / raw", Goal.atMost(1), medians.ratio(ours + "cpu", raw + "cpu"))
                .goal(of + "threads", Goal.atMost(64), medians.spread(ours + "threads"))
                .goal(of + "all subscribed again at the pace, s", Goal.atMost(PACE_SLACK * agents / Pace.PER_SECOND),
                        medians.spread(ours + "recover"));
    }
}
