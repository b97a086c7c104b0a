package org.imsession.camel.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.imsession.camel.samples.KeptEvents;
import org.imsession.camel.samples.PostgreSql;

/** A PostgreSQL in which the follower keeps what it gets, by the sample routes, and what is read there. */
final class KeptInDatabase implements AutoCloseable {

    private static final List<String> COLUMNS = List.of("kept", "refused", "filtered", "in_gaps", "unexplained");

    private final Path folder;
    private final List<Listener> agents;
    private final Map<String, KeptEvents> events = new HashMap<>();
    private PostgreSql server;

    KeptInDatabase(Path folder, List<Listener> agents) {
        this.folder = folder;
        this.agents = agents;
    }

    /** What the database does not take stays with the server. */
    static Listener keeping(Listener agent) {
        return new Listener(agent.name(), agent.acks(), agent.options().replace("&ackFailed=false", "")
                + "&ackFailed=false");
    }

    void start() throws IOException, InterruptedException {
        server = new PostgreSql();
        agents.forEach(each -> events.put(each.name(), new KeptEvents(server, each.name())));
        Properties properties = new Properties();
        properties.putAll(server.properties(folder));
        properties.put("im.conversations.dir", folder.resolve("conversations").toString());
        properties.put("camel.main.routes-include-pattern", "file:routes/sql/*.yaml");
        try (OutputStream file = Files.newOutputStream(folder.resolve(Follower.DATABASE))) {
            properties.store(file, null);
        }
    }

    PostgreSql server() {
        return server;
    }

    /** None while the database is away. */
    List<String> newLines(Listener agent) {
        try {
            return events.get(agent.name()).newLines();
        } catch (SQLException e) {
            return List.of();
        }
    }

    /** Prints the report of the routes, and whether nothing is kept twice and each number explained. */
    boolean reconcile(FollowerProcess follower) throws Exception {
        boolean clean = server.query("select server, agent, sequence from im_events group by server, agent, sequence"
                + " having count(*) > 1").isEmpty();
        System.out.println();
        System.out.printf("%-8s %16s %9s %9s %9s %9s %12s%n", "agent", "Bayeux sessions", "kept", "refused", "filtered",
                "in gaps", "unexplained");
        Map<String, long[]> sums = new HashMap<>();
        for (LocalDate day : List.of(LocalDate.now(ZoneOffset.UTC).minusDays(1), LocalDate.now(ZoneOffset.UTC))) {
            for (JsonNode row : report(follower, day.toString())) {
                long[] sum = sums.computeIfAbsent(row.path("agent").asText(), key -> new long[COLUMNS.size() + 1]);
                sum[0]++;
                for (int i = 0; i < COLUMNS.size(); i++) {
                    sum[i + 1] += row.path(COLUMNS.get(i)).asLong();
                }
            }
        }
        for (Listener agent : agents) {
            long[] sum = sums.getOrDefault(agent.name(), new long[COLUMNS.size() + 1]);
            System.out.printf("%-8s %16d %9d %9d %9d %9d %12d%n", agent.name(), sum[0], sum[1], sum[2], sum[3], sum[4],
                    sum[5]);
            clean &= sum[1] > 0 && sum[COLUMNS.size()] == 0;
        }
        server.query("select * from im_holes h where exists (select 1 from im_numbers n where n.what = 'unexplained'"
                + " and n.server = h.server and n.agent = h.agent and n.bayeux_session = h.bayeux_session"
                + " and n.first_number = h.first_number)").forEach(System.out::println);
        System.out.println("conversations: " + server.query("select count(*), count(completed_at),"
                + " sum(case when built_event_id = last_event_id then 1 else 0 end) from im_conversations").get(0)
                + " (all, completed, built); reports in " + folder.resolve("reconciliation"));
        System.out.println(clean ? "Each number is kept once, or explained." : "NOT RECONCILED");
        return clean;
    }

    private JsonNode report(FollowerProcess follower, String day) throws IOException {
        Path file = folder.resolve("reconciliation").resolve(day + ".json");
        Files.deleteIfExists(file);
        follower.order("reconcile " + day);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("No report after 60 s: " + file);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return new JsonMapper().readTree(file.toFile());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
