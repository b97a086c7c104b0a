package org.imsession.camel.soak;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.crash.Journal;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.SimulatedSession;
import org.imsession.simulator.agents.RefusedException;

/**
 * The numbered events of one agent at a steady rate: texts, every fifth a state change, and now and then a new call.
 */
final class Traffic {

    /** Larger than the follower takes. */
    static final int OVERSIZE = 300_000;
    private static final int CALL_LENGTH = 500;

    private final GwsServer gws;
    private final String agent;
    private final Ledger ledger = new Ledger();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

    Traffic(GwsServer gws, String agent) {
        this.gws = gws;
        this.agent = agent;
    }

    Ledger ledger() {
        return ledger;
    }

    void begin(int eventsPerSecond, Random random) {
        sender.scheduleAtFixedRate(() -> event(random), random.nextInt(1000), 1000 / eventsPerSecond,
                TimeUnit.MILLISECONDS);
    }

    private void event(Random random) {
        try {
            SimulatedSession session = gws.agent(agent).session().talks();
            ledger.send(number -> {
                if (number % 5 == 4) {
                    session.attach(Map.of(Journal.NUMBER, number));
                } else {
                    session.says(number + " " + "x".repeat(random.nextInt(200)));
                }
            });
            if (random.nextInt(CALL_LENGTH) == 0) {
                session.complete();
            }
        } catch (RefusedException e) {
            // somebody else ended the call just now, so nothing was sent
        }
    }

    /** Events at once, beside the steady ones. */
    void burst(int events) {
        sender.execute(() -> {
            for (int i = 0; i < events; i++) {
                event(new Random(i));
            }
        });
    }

    /** An event that is too large for the follower. */
    void oversize() {
        sender.execute(() -> ledger.send(number ->
                gws.agent(agent).session().says(number + " " + "x".repeat(OVERSIZE))));
    }

    void end() throws InterruptedException {
        sender.shutdown();
        sender.awaitTermination(10, TimeUnit.SECONDS);
    }
}
