package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
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
            Awaitility.await().until(() -> running.feed.status().received() == 2);
            running.clock.jump(Duration.ofHours(-2L * hours));
            gws.agent("alice").session().says("two");
            Awaitility.await().until(() -> running.feed.status().received() == 3
                    && running.feed.status().pending() == 0);
            assertThat(running.feed.status().live()).isTrue();
            assertThat(running.feed.status().gaps()).isZero();
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
        }
    }
}
