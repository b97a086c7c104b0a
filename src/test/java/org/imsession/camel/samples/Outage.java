package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheckHelper;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsServer;

/**
 * A database that takes nothing for a while, in the middle of a conversation: of each text the ledger knows where it
 * went, health says so meanwhile, and when the database is back all goes on by itself, with no more events in memory
 * than {@code maxPending}, and no more connections than before. {@code -Dimsession.outage.seconds=600} makes it
 * last ten minutes, in which health goes on to say so.
 */
final class Outage {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** How long it lasts at least; 0 ends it as soon as health has told of it. */
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("imsession.outage.seconds", 0));
    private static final int TEXTS = 200;
    private static final int MOST_PENDING = 50;

    private final GwsServer gws;
    private final Path folder;
    private final Database database;
    private final Map<String, String> properties;
    private final Ledger ledger = new Ledger();
    private final AtomicInteger mostPending = new AtomicInteger();

    interface Step {
        void run() throws Exception;
    }

    /** @param way properties that differ from those of the database */
    Outage(GwsServer gws, Path folder, Database database, Map<String, String> way) {
        this.gws = gws;
        this.folder = folder;
        this.database = database;
        this.properties = new HashMap<>(database.properties(folder));
        properties.put("camel.beans.imDatabase.connectionTimeout", "1000");
        properties.put("camel.component.imsession.max-pending", String.valueOf(MOST_PENDING));
        properties.putAll(way);
    }

    /** The server keeps what is not acknowledged: nothing is lost, and no gap told. */
    void losesNothing(Step begin, Step end) throws Exception {
        Ledger.Sums sums = run(begin, end, true);
        assertThat(sums.delivered()).as(sums.toString()).isEqualTo(sums.sent());
        assertThat(sums.gaps()).as(sums.toString()).isZero();
    }

    /** The server keeps nothing: what could not be kept lies in one gap. */
    void losesWhatOneGapTells(Step begin, Step end) throws Exception {
        Ledger.Sums sums = run(begin, end, false);
        assertThat(sums.inGaps()).as(sums.toString()).isPositive();
        assertThat(sums.gaps()).as(sums.toString()).isEqualTo(1);
    }

    private Ledger.Sums run(Step begin, Step end, boolean acknowledged) throws Exception {
        try (SampleRoutes routes = SampleRoutes.start(gws, folder, database.settings(), properties)) {
            HikariDataSource pool = (HikariDataSource) routes.context().getRegistry().lookupByName("imDatabase");
            Database pooled = through(pool);
            var session = gws.agent("alice").session().talks();
            await().atMost(PATIENCE).until(() -> database.count("select count(*) from im_events") == 1);
            begin.run();
            IntStream.range(0, TEXTS).forEach(any -> ledger.send(number -> session.says(String.valueOf(number))));
            await().atMost(PATIENCE).until(() -> detail(routes, "undelivered").orElse(0) > 0);
            if (acknowledged) {
                assertThat(gws.agent("alice").queued()).as("events that stay with GWS").isEqualTo(TEXTS);
            } else {
                await().atMost(PATIENCE).until(() -> detail(routes, "pending").isPresent()
                        && gws.agent("alice").queued() == 0); // all are there, or were dropped
            }
            long begun = System.nanoTime();
            await().atMost(LENGTH.plus(PATIENCE)).pollInterval(Duration.ofSeconds(1)).until(() -> {
                assertThat(detail(routes, "undelivered").orElse(0)).as("health says so").isPositive();
                assertThat(pool.getHikariPoolMXBean().getTotalConnections())
                        .isLessThanOrEqualTo(pool.getMaximumPoolSize());
                return System.nanoTime() - begun >= LENGTH.toNanos();
            });
            end.run();
            await().atMost(PATIENCE).until(() -> detail(routes, "undelivered").orElse(0) == 0
                    && gws.agent("alice").queued() == 0);
            ledger.send(number -> session.says(String.valueOf(number)));
            await().atMost(PATIENCE).ignoreExceptions().until(() -> pooled.count(
                    "select count(*) from im_texts where text = '" + TEXTS + "'") == 1);
            Ledger.Sums sums = ledger.settle(new KeptEvents(pooled, "alice").newLines());
            assertThat(sums.unaccounted()).as("neither kept nor in a gap: " + sums).isZero();
            assertThat(pooled.count("select count(*) from im_numbers where what not in ('kept', 'in gap')")).isZero();
            assertThat(sums.again()).as("kept twice: " + sums).isZero();
            assertThat(mostPending).as("events in memory").hasValueBetween(1, MOST_PENDING);
            await().atMost(PATIENCE).until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(pool.getMaximumPoolSize());
            return sums;
        }
    }

    /** As the routes read it; H2 forgets that it is open in this process when it has closed itself. */
    private Database through(HikariDataSource pool) {
        return new Database() {
            @Override
            public String settings() {
                return database.settings();
            }

            @Override
            public Map<String, String> properties() {
                return database.properties();
            }

            @Override
            public Connection connect() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private Optional<Integer> detail(SampleRoutes routes, String name) {
        List<Map<String, Object>> details = HealthCheckHelper.invokeReadiness(routes.context(), "full").stream()
                .map(result -> result.getDetails()).toList();
        details.forEach(each -> mostPending.accumulateAndGet(number(each, "pending").orElse(0), Math::max));
        return details.stream().flatMap(each -> number(each, name).stream()).reduce(Integer::sum);
    }

    private static Optional<Integer> number(Map<String, Object> details, String name) {
        return details.get(name) instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
    }
}
