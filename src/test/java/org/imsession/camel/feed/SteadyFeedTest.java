package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.imsession.camel.status.FeedState;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SteadyFeedTest {

    private static final int EVENTS = 200;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final AtomicInteger sent = new AtomicInteger();

    /** Each woke one to say once more that the feed is live, which cost more than the event itself. */
    @Test
    void theAnswersToALiveFeedWakeNoThreadOfTheScheduler() throws Exception {
        try (RunningFeed alice = new RunningFeed(gws.url(), "secret")) {
            alice.feed.start();
            alice.passes(FeedState.SUBSCRIBING, FeedState.LIVE);
            long before = alice.tasks();
            gws.agent("alice").flood(() -> sent.incrementAndGet() > EVENTS ? List.of() : List.of("{}"));
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> alice.delivered.get() >= EVENTS);
            assertThat(alice.tasks() - before).isLessThan(EVENTS / 4);
        }
    }
}
