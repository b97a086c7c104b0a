package org.imsession.camel.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsServer;

/** Texts with numbers for one agent, and the account of what became of them, whichever node they came to. */
final class Texts implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 10;

    private final String agent;
    private final Path shared;
    private final Ledger ledger = new Ledger();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

    /** Begins to send. */
    Texts(GwsServer gws, String agent, Path shared) {
        this(gws, agent, shared, PAUSE_MILLIS);
    }

    /** The same with another pause between two, in milliseconds. */
    Texts(GwsServer gws, String agent, Path shared, int pause) {
        this.agent = agent;
        this.shared = shared;
        var session = gws.agent(agent).session().talks();
        sender.scheduleWithFixedDelay(() -> ledger.send(number -> session.says(String.valueOf(number))), 0,
                pause, TimeUnit.MILLISECONDS);
    }

    String agent() {
        return agent;
    }

    /** The node that the last exchange came to. */
    String node() throws IOException {
        Path nodes = Journals.nodes(shared, agent);
        List<String> lines = Files.exists(nodes) ? Files.readAllLines(nodes) : List.of();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** Waits until all that was sent up to now has come or is in a gap, and what comes comes to that node. */
    void awaitAt(Node node) {
        try {
            awaitMore(node.name());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(agent + " does not get on at " + node.name() + ": " + node.log(), e);
        }
    }

    /** The same, whichever node it comes to. */
    void awaitAnywhere() {
        awaitMore("");
    }

    private void awaitMore(String end) {
        int sent = ledger.sent();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            Ledger.Sums sums = ledger.settle(Journals.of(shared, agent));
            return sums.delivered() + sums.inGaps() > sent && node().endsWith(end);
        });
    }

    /** Sends no more, and gives the sums as soon as everything is accounted for, or when nothing helps. */
    Ledger.Sums end() throws Exception {
        sender.shutdown();
        if (!sender.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The sender does not end");
        }
        try {
            Awaitility.await().atMost(PATIENCE).until(() ->
                    ledger.settle(Journals.of(shared, agent)).unaccounted() == 0);
        } catch (ConditionTimeoutException e) {
            // the sums say it
        }
        return ledger.settle(Journals.of(shared, agent));
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
