package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.status.FeedState;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row F28: only monotonic time decides anything. */
class ClockJumpTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @ParameterizedTest
    @ValueSource(ints = { 1, -1, 24 * 365, -24 * 365 })
    void aClockThatIsSetChangesNothing(int hours) throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.feed.start().get();
            running.clock.jump(Duration.ofHours(hours));
            gws.agent("alice").session().says("one");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() == 2);
            running.clock.jump(Duration.ofHours(-2L * hours));
            gws.agent("alice").session().says("two");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() == 3
                    && running.feed.status().pending() == 0);
            assertThat(running.feed.status().live()).isTrue();
            assertThat(running.feed.status().gaps()).isZero();
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, -1, -24 * 365 })
    void aGapAfterTheClockWasSetCoversWhatWasLost(int hours) throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.feed.start().get();
            running.reaches(FeedState.LIVE);
            running.clock.jump(Duration.ofHours(hours));
            for (String text : new String[] { "one", "two" }) { // the second is asked for by the new time
                long before = running.feed.status().received();
                gws.agent("alice").session().says(text);
                Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() > before
                        && running.feed.status().pending() == 0);
            }
            Instant lost = running.clock.instant();
            gws.agent("alice").dropBayeuxSession();
            FeedGap gap = running.takeGap();
            assertThat(lost).as("within " + gap).isBetween(gap.from(), gap.to());
            assertThat(Duration.between(gap.from(), gap.to())).isLessThan(Duration.ofMinutes(10));
        }
    }

    @Test
    void aGapNeverEndsBeforeItBegins() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        FeedGap gap = new FeedGap("alice", noon, noon.minusSeconds(3600), FeedGap.Reason.SESSION_LOST,
                FeedGap.Certainty.POSSIBLE, "the clock was set back while nothing was heard");
        assertThat(gap.from()).isEqualTo(noon.minusSeconds(3600));
        assertThat(gap.to()).isEqualTo(noon);
    }
}
