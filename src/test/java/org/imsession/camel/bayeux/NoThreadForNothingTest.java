package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Four timers for each answer, and a task to send the next connect, took a third of the time of an event. */
class NoThreadForNothingTest {

    private static final int EVENTS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2);
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void anAnswerWakesNoThreadOfTheScheduler() throws Exception {
        try (LoggedIn alice = new LoggedIn(gws.url(), scheduler)) {
            alice.ends = true;
            BayeuxSession session = alice.session(System::nanoTime, Instant::now);
            session.open(null);
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").subscribers() == 1);
            long before = scheduler.getTaskCount();
            gws.agent("alice").flood(() -> sent.incrementAndGet() > EVENTS ? List.of() : List.of("{}"));
            Awaitility.await().atMost(PATIENCE).until(() -> alice.events.size() == EVENTS);
            assertThat(scheduler.getTaskCount() - before).isLessThan(EVENTS / 10);
            session.leave();
        }
    }
}
