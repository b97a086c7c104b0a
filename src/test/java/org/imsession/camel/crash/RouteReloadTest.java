package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.imsession.camel.store.FilePositionRepository;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Camel Main with {@code routes-reload-enabled}: each change of a file stops and starts all routes, the one that
 * follows the agent and the one that it hands to, while texts flow.
 */
class RouteReloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHANGES = 4;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @TempDir
    Path folder;

    @Test
    void withAStateRepositoryNothingIsLostOrComesTwiceUnmarked() throws Exception {
        Ledger.Sums sums = reload("&amp;stateRepository=#sessions");
        assertThat(sums.delivered()).as("delivered").isEqualTo(sums.sent());
        assertThat(sums.unmarked() + sums.outOfOrder() + sums.gaps()).as("unmarked, out of order, gaps").isZero();
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("one session").isEqualTo(1);
    }

    @Test
    void withoutOneEachReloadIsANewSessionAndWhatIsSentMeanwhileIsInOneGap() throws Exception {
        Ledger.Sums sums = reload("");
        assertThat(sums.delivered()).as("delivered").isLessThan(sums.sent());
        assertThat(sums.again() + sums.unaccounted()).as("twice, or in no gap").isZero();
        assertThat(sums.gaps()).as("gaps").isBetween(CHANGES, gws.requests().count(Step.HANDSHAKE) - 1);
    }

    private Ledger.Sums reload(String options) throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path journal = folder.resolve("journal");
        Ledger ledger = new Ledger();
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        Main main = new Main();
        main.bind("journal", new Journal(journal));
        main.bind("sessions", new FilePositionRepository(folder.resolve("sessions")));
        main.addOverrideProperty("camel.main.routes-include-pattern", "file:" + routes + "/*.xml");
        main.addOverrideProperty("camel.main.routes-reload-enabled", "true");
        main.addOverrideProperty("camel.main.routes-reload-directory", routes.toString());
        main.addOverrideProperty("camel.main.routes-reload-pattern", "*.xml");
        String agent = "imsession:alice?serverUrl=" + gws.url() + "&amp;password=secret&amp;ackFailed=false" + options;
        write(routes, "agent", agent, "direct:sink", 0);
        write(routes, "sink", "direct:sink", "bean:journal?method=note", 0);
        try {
            main.start();
            assertThat(gws.agent("alice").awaitSubscribed(PATIENCE)).isTrue();
            var session = gws.agent("alice").session().talks();
            sender.scheduleWithFixedDelay(() -> ledger.send(number -> session.says(String.valueOf(number))),
                    0, 5, TimeUnit.MILLISECONDS);
            for (int change = 1; change <= CHANGES; change++) {
                awaitMore(ledger, journal);
                if (change % 2 == 0) {
                    write(routes, "agent", agent, "direct:sink", change);
                    awaitVersion(main, "agent", change);
                } else {
                    write(routes, "sink", "direct:sink", "bean:journal?method=note", change);
                    awaitVersion(main, "sink", change);
                }
            }
            awaitMore(ledger, journal);
            sender.shutdown();
            assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").queued() == 0);
            return ledger.settle(journal);
        } finally {
            sender.shutdownNow();
            main.stop();
        }
    }

    private static void awaitMore(Ledger ledger, Path journal) throws IOException {
        int before = ledger.settle(journal).delivered();
        Awaitility.await().atMost(PATIENCE).until(() -> ledger.settle(journal).delivered() > before + 20);
    }

    private static void awaitVersion(Main main, String id, int version) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Route route = main.getCamelContext().getRoute(id);
            return route != null && String.valueOf(version).equals(route.getDescription());
        });
    }

    /** In one step, as an editor that saves with care does. */
    private void write(Path routes, String id, String from, String to, int version) throws IOException {
        Path draft = Files.writeString(folder.resolve("draft"), """
                <camel>
                  <route id="%s" description="%d">
                    <from uri="%s"/>
                    <to uri="%s"/>
                  </route>
                </camel>
                """.formatted(id, version, from, to));
        Files.move(draft, routes.resolve(id + ".xml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
