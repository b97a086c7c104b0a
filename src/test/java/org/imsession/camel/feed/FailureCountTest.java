package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.imsession.camel.status.FeedState;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailureCountTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    /** An answered connect of a session that never came up took the stable one of long ago for its own. */
    @Test
    void failuresAreCountedHoweverLongAgoTheFeedWasLive() throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.feed.start();
            running.reaches(FeedState.LIVE);
            running.ahead.addAndGet(TimeUnit.HOURS.toNanos(1));
            var denied = gws.faults().always(Step.SUBSCRIBE, new Fault.Hang());
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> running.feed.status().attempts() >= 4);
            denied.clear();
            running.reaches(FeedState.LIVE);
        }
    }

    /** A connect that is held says nothing for half a minute, so nobody had heard that the session was well. */
    @Test
    void beforeASessionThatLivedForLongDoNotCountAfterIt() throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.feed.start();
            running.reaches(FeedState.LIVE);
            gws.agent("alice").dropBayeuxSession();
            running.passes(FeedState.LIVE, FeedState.BACKING_OFF).reaches(FeedState.LIVE);
            assertThat(gws.agent("alice").awaitHeldConnect(RunningFeed.PATIENCE)).isTrue();
            running.ahead.addAndGet(TimeUnit.HOURS.toNanos(1));
            gws.faults().once(Step.CONNECT, new Fault.LoseAnswer(true));
            var denied = gws.faults().always(Step.CONNECT, Fault.retryAfter(503, Duration.ofMinutes(1)));
            gws.agent("alice").answerHeldConnect();
            assertThat(denied.awaitHits(1, RunningFeed.PATIENCE)).isTrue();
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().attempts() >= 2);
            assertThat(running.feed.status().attempts()).isEqualTo(2);
        }
    }

    /** Each refused connect and each answer of the restarted server doubled the wait, up to a minute for nothing. */
    @Test
    void ofAServerThatWasAwayDoNotCountWhenItAnswersAgain() throws Exception {
        try (RunningFeed running = new RunningFeed(gws.url(), "secret")) {
            running.feed.start();
            running.reaches(FeedState.LIVE);
            running.ahead.addAndGet(TimeUnit.HOURS.toNanos(1));
            gws.stop();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> running.feed.status().attempts() >= 6);
            gws.start();
            running.passes(FeedState.SUBSCRIBING, FeedState.LIVE).passes(FeedState.RECONNECTING, FeedState.BACKING_OFF);
            running.reaches(FeedState.LIVE);
            assertThat(running.feed.status().attempts()).isLessThan(6);
        }
    }
}
