package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pause between two connects that we make ourselves is no silence. The watch over silence used to drop the session in
 * the middle of one, with a gap although the server still had every event. The client's time runs twenty times as fast.
 */
class LongPauseTest {

    private static final int SPEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private LoggedIn alice;

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(task, unit.toNanos(delay) / SPEED, TimeUnit.NANOSECONDS);
        }
    };

    /** After 5, 10 and 20 s comes one of 40 s, where 35 s of silence are allowed. */
    @Test
    void aHeartbeatThatAStandingBacklogHasStretchedIsNoSilence() throws Exception {
        gws.settings(settings -> settings.with(GwsSwitch.ADVERTISE_MAX_INTERVAL).withTimeout(Duration.ZERO)
                .withMaxInterval(Duration.ofMinutes(10)));
        during(() -> {
            gws.agent("alice").session().says("never ended");
            Awaitility.await().atMost(PATIENCE).until(() -> alice.events.size() >= 2);
            awaitConnects(5);
        });
        assertThat(alice.losses).isEmpty();
    }

    @Test
    void anIntervalThatTheServerAsksForIsNoSilence() throws Exception {
        gws.settings(settings -> settings.withInterval(Duration.ofMinutes(1)).withTimeout(Duration.ZERO));
        during(() -> awaitConnects(2));
        assertThat(alice.losses).isEmpty();
    }

    private void awaitConnects(int more) {
        int before = gws.requests().count(Step.CONNECT);
        Awaitility.await().atMost(PATIENCE).until(() ->
                gws.requests().count(Step.CONNECT) >= before + more || !alice.losses.isEmpty());
    }

    private void during(Runnable test) throws Exception {
        gws.restart();
        try (LoggedIn agent = new LoggedIn(gws.url(), scheduler)) {
            alice = agent;
            BayeuxSession session = agent.session(() -> System.nanoTime() * SPEED, Instant::now);
            session.open(null);
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").subscribers() == 1);
            test.run();
            session.leave();
        }
    }
}
