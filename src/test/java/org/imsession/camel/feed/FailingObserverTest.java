package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.status.FeedState;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who listens for what operations cause may fail; that is no reason to hold up the events. */
class FailingObserverTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void everyEventEndsAllTheSameAndItIsSaidOnce() throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.observer = (notification, again) -> {
                throw new IllegalStateException("deaf");
            };
            running.feed.start().get();
            running.reaches(FeedState.LIVE);
            gws.agent("alice").session().says("one").says("two").says("three");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() ->
                    running.feed.status().received() >= 4 && running.feed.status().pending() == 0);
            assertThat(log.with("IMS-904")).hasSize(1);
        }
    }
}
