package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CometD comes to the end of a session that was let go of only when it is done with what it was doing. */
class LateEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    /** It was taken for the end of the session opened meanwhile, which then never came up and was told as lost. */
    @Test
    void theLateEndOfASessionIsNotTheEndOfTheNextOne() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (LoggedIn alice = new LoggedIn(gws.url())) {
            // CometD may handle a quick answer on the thread that shook hands, which whoever lets go of it waits for
            AtomicReference<Thread> opener = new AtomicReference<>();
            alice.decorator = request -> {
                if (Thread.currentThread() != opener.get()
                        && gws.requests().count(Step.HANDSHAKE) == 1 && busy.getCount() > 0) {
                    busy.countDown();
                    await(gate);
                }
            };
            BayeuxSession session = alice.session(System::nanoTime, Instant::now);
            opener.set(new Thread(() -> session.open(null)));
            opener.get().start();
            assertThat(busy.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            session.leave().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            session.open(null);
            gate.countDown();
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").subscribers() > 0
                    && gws.requests().count(Step.HANDSHAKE) == 2);
            assertThat(alice.losses).isEmpty();
            session.leave();
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
