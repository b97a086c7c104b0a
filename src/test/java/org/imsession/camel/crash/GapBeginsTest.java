package org.imsession.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.StateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.FeedGap;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sentence 5 of the delivery contract, its times: what was lost was sent between the beginning and the end of a gap.
 * Found by the soak: a gap began when the last answer had come, not when it was made.
 */
class GapBeginsTest {

    private static final Duration PATIENCE = ListeningRoute.PATIENCE;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private static void assertCovers(FeedGap gap, Instant sent) {
        assertThat(sent).as("within " + gap).isBetween(gap.from(), gap.to());
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aGapBeginsBeforeWhatTheLastAnswerDidNotHold(boolean acknowledging) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "acknowledge=" + acknowledging))) {
            route.awaitSettled();
            gws.agent("alice").session().talks();
            route.inbox().take();
            assertThat(gws.agent("alice").awaitHeldConnect(PATIENCE)).isTrue();
            ArmedFault withheld = gws.faults().once(Step.CONNECT, new Fault.Withhold());
            gws.agent("alice").session().says("in the answer");
            assertThat(withheld.awaitHits(1, PATIENCE)).isTrue();
            Instant sent = Instant.now();
            gws.agent("alice").session().says("behind the answer");
            gws.agent("alice").dropBayeuxSession();
            withheld.release();
            assertThat(route.inbox().takeText()).isEqualTo("in the answer");
            assertCovers(route.inbox().takeGap(), sent);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theGapOfASkippedMessageCoversTheMomentInWhichItWasSent(boolean acknowledging) throws Exception {
        try (ListeningRoute route = ListeningRoute.from(
                ListeningRoute.uri(gws, "alice", "maxMessageSize=5000", "acknowledge=" + acknowledging))) {
            route.awaitSettled();
            Instant sent = Instant.now();
            gws.agent("alice").session().says("x".repeat(6000));
            FeedGap gap = route.inbox().takeGap();
            assertThat(gap.reason()).isEqualTo(FeedGap.Reason.OVERSIZE_SKIPPED);
            assertCovers(gap, sent);
        }
    }

    /** The process is not killed here, but what the next one finds is what was kept while it lived. */
    @Test
    void aGapThatDiesWithTheProcessIsToldByTheNext() throws Exception {
        Drawer kept = new Drawer();
        Drawer asKilled;
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Instant sent;
        try (ListeningRoute route = listen(kept, () -> {
            working.countDown();
            never.await(20, TimeUnit.SECONDS);
        })) {
            route.awaitState("LIVE");
            sent = Instant.now();
            gws.agent("alice").session().says("received, never ended, and its session lost");
            assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(PATIENCE).until(() ->
                    gws.requests().count(Step.HANDSHAKE) == 2 && gws.agent("alice").heldConnects() == 1);
            asKilled = kept.copy();
            never.countDown();
        }
        try (ListeningRoute route = listen(asKilled, () -> { })) {
            assertCovers(route.inbox().takeGap(), sent);
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("the second session goes on").isEqualTo(2);
        }
        try (ListeningRoute route = listen(asKilled, () -> { })) {
            gws.agent("alice").session().says("later");
            assertThat(route.inbox().takeText()).isEqualTo("later");
            assertThat(route.attribute("Gaps")).as("told once").isEqualTo("0");
        }
    }

    private interface Work {

        void run() throws Exception;
    }

    private ListeningRoute listen(StateRepository<String, String> repository, Work work) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("state", repository))
                .add("listening", ListeningRoute.uri(gws, "alice", "stateRepository=#state"), exchange -> work.run())
                .start();
    }
}
