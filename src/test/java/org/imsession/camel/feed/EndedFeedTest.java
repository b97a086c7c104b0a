package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.imsession.camel.status.FeedState;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed that was ended for good, because its agent left the team, and is wanted again. */
class EndedFeedTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    /** It was told of, and the position could not be kept until it had been. */
    @Test
    void knowsNothingOfWhatWasLostBefore() throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.feed.start().get();
            ArmedFault denied = gws.faults().always(Step.HANDSHAKE, Fault.bayeuxError("403::denied"));
            gws.agent("alice").dropBayeuxSession();
            running.reaches(FeedState.BACKING_OFF);
            running.feed.end(RunningFeed.PATIENCE).get();
            denied.clear();
            running.feed.start().get();
            assertThat(running.feed.status().gaps()).isZero();
        }
    }
}
