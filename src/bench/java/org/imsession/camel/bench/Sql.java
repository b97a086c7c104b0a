package org.imsession.camel.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.imsession.camel.samples.PostgreSql;

/**
 * The events of many agents together into PostgreSQL, each in one transaction, with fsync and synchronous_commit on:
 * {@code bench.agents} (100), {@code bench.rate} (1,000) events a second of all of them, for {@code bench.seconds}
 * (60). Fails if it falls behind, or if one event is not in the database, once.
 */
final class Sql implements Bench.Subject {

    /** What is under way at the end is kept within so long; more is a backlog that grows. */
    private static final Duration BEHIND = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final int agents = Integer.getInteger("bench.agents", 100);
    private final int rate = Integer.getInteger("bench.rate", 1000);
    private final int seconds = Bench.seconds(60);
    private final int warmUp = Integer.getInteger("bench.warmUp", Math.min(30, 5 * seconds));

    /** Nanoseconds, and events kept, and CPU nanoseconds of the process that keeps them and of the database. */
    private record Mark(double nanos, double kept, double cpu, double databaseCpu) {
    }

    @Override
    public Table measure() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Bench.FOLDER), "sql");
        try (PostgreSql database = new PostgreSql();
                ChildProcess server = new ChildProcess("server", List.of("-Xmx512m"), ServerProcess.class,
                        String.valueOf(agents));
                ChildProcess client = client(server.ask("url"), folder, database)) {
            await(() -> server.ask("subscribed " + agents).equals(String.valueOf(agents)), "All agents are followed");
            long published = Long.parseLong(server.ask("chat " + rate + " " + warmUp));
            keep(client, published);
            client.ask("time");
            Mark before = mark(client, database);
            published += Long.parseLong(server.ask("chat " + rate + " " + seconds));
            Mark ended = mark(client, database);
            keep(client, published);
            Mark after = mark(client, database);
            double[] times = client.numbers("times");
            double keptPerSecond = (after.kept() - before.kept()) * 1e9 / (after.nanos() - before.nanos());
            double late = (after.nanos() - ended.nanos()) / 1e9;
            account(database, published);
            double all = after.kept() - before.kept();
            Table table = new Table("sql", "agents, events/s published", "kept, events/s",
                    "publishing to commit, p50, ms", "p99, ms", "CPU ms/event, routes", "PostgreSQL", "cores, both")
                    .row(agents + ", " + rate, "%,.0f".formatted(keptPerSecond), "%.1f".formatted(times[1] / 1000),
                            "%.1f".formatted(times[2] / 1000),
                            "%.2f".formatted((after.cpu() - before.cpu()) / 1e6 / all),
                            "%.2f".formatted((after.databaseCpu() - before.databaseCpu()) / 1e6 / all),
                            "%.2f".formatted((after.cpu() - before.cpu() + after.databaseCpu() - before.databaseCpu())
                                    / (after.nanos() - before.nanos())))
                    .note("PostgreSQL " + database.query("show server_version").get(0).get(0) + ", fsync "
                            + database.query("show fsync").get(0).get(0) + ", synchronous_commit "
                            + database.query("show synchronous_commit").get(0).get(0) + ", " + seconds + " s after "
                            + warmUp + " s to warm up; the last event was kept " + "%.2f".formatted(late)
                            + " s after the last was published. Server, routes and database share the machine.");
            double took = (ended.nanos() - before.nanos()) / 1e9;
            if (late > BEHIND.toSeconds() || took > seconds + BEHIND.toSeconds()) {
                throw new IllegalStateException("It falls behind: " + rate + " events/s were to be published for "
                        + seconds + " s, which took " + took + " s, and the last was kept " + late + " s later\n"
                        + table.markdown());
            }
            return table;
        }
    }

    private ChildProcess client(String url, Path folder, PostgreSql database) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(url, String.valueOf(agents), folder.toString()));
        database.properties().forEach((name, value) -> arguments.add(name + "=" + value));
        return new ChildProcess("sql", List.of("-Xmx256m"), SqlProcess.class, arguments.toArray(String[]::new));
    }

    private static Mark mark(ChildProcess client, PostgreSql database) throws Exception {
        double[] numbers = client.numbers("mark");
        return new Mark(numbers[0], numbers[1], numbers[2], database.cpu().toNanos());
    }

    private void keep(ChildProcess client, long published) throws Exception {
        await(() -> client.numbers("mark")[1] >= published, "All " + published + " events are kept");
    }

    private static void account(PostgreSql database, long published) {
        long kept = database.count("select count(*) from im_events where number is not null");
        long holes = database.count("select count(*) from im_holes");
        if (kept != published || holes > 0) {
            throw new IllegalStateException("Published " + published + ", in the database " + kept
                    + ", holes " + holes);
        }
    }

    private interface Condition {
        boolean isMet() throws Exception;
    }

    private static void await(Condition condition, String what) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isMet()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not after " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
