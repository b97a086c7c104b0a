package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.status.FeedStatus;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.ArmedFault;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed can run for a producer that waits for what its operations cause, while routes come and go. */
class FeedWithoutSubscribersTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final Queue<FeedGap> gaps = new ConcurrentLinkedQueue<>();

    private final FeedSubscriber subscriber = new FeedSubscriber() {
        @Override
        public void deliver(FeedEvent event, Done done) {
            if (event.notification() instanceof IMLogUpdateMessage text) {
                texts.add(text.message());
            } else if (event.notification() instanceof FeedGap gap) {
                gaps.add(gap);
            }
            done.ended();
        }

        @Override
        public void changed(FeedStatus status) {
            // not of interest
        }
    };

    @Test
    void whatNobodyHasEverSubscribedToIsAcknowledged() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            running.feed.start().get();
            gws.agent("alice").session().says("for nobody");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() >= 2
                    && gws.agent("alice").queued() == 0);
            assertThat(running.feed.status().pending()).isZero();
        }
    }

    @Test
    void whatComesWhileTheOnlyRouteIsStoppedIsThereWhenItStartsAgain() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Delivery first = running.feed.subscribe(subscriber);
            running.feed.start().get();
            gws.agent("alice").session().says("one");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.contains("one"));
            first.close();
            gws.agent("alice").session().says("two").says("three");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() >= 4);
            running.feed.subscribe(subscriber);
            gws.agent("alice").session().says("four");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.contains("four"));
            assertThat(texts).containsExactly("one", "two", "three", "four");
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("the same session").isEqualTo(1);
            assertThat(running.feed.status().gaps()).isZero();
        }
    }

    /** The first was for nobody, the second came when somebody was there again, and was told before the first. */
    @Test
    void whatComesWhileTheRouteStartsAgainDoesNotOvertakeWhatCameBefore() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Delivery first = running.feed.subscribe(subscriber);
            running.feed.start().get();
            first.close();
            AtomicBoolean again = new AtomicBoolean();
            running.observer = (notification, redelivered) -> {
                if (notification instanceof IMLogUpdateMessage text && text.message().equals("two")
                        && again.compareAndSet(false, true)) {
                    running.feed.subscribe(subscriber);
                    Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> gws.requests().count(Step.LOGIN) >= 2);
                }
                return Heard.UNKNOWN;
            };
            gws.agent("alice").session().says("one").says("two").says("three");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.contains("three"));
            gws.agent("alice").session().says("four");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.contains("four"));
            assertThat(texts).containsExactly("one", "two", "three", "four");
            assertThat(running.feed.status().gaps()).isZero();
        }
    }

    @Test
    void aGapThatNobodyHeardOfIsToldWhenTheRouteStartsAgain() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Delivery first = running.feed.subscribe(subscriber);
            running.feed.start().get();
            first.close();
            Instant sent = Instant.now();
            gws.agent("alice").session().says("lost");
            gws.agent("alice").dropBayeuxSession();
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> gws.requests().count(Step.HANDSHAKE) == 2
                    && running.feed.status().live());
            running.feed.subscribe(subscriber);
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> !gaps.isEmpty());
            assertThat(sent).isBetween(gaps.peek().from(), gaps.peek().to());
        }
    }

    /** The gap used to begin when the feed was last whole, which is later than what had come and was forgotten. */
    @Test
    void whatNobodyHeardIsInTheGapIfTheSessionIsLostWhenTheRouteStartsAgain() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Delivery first = running.feed.subscribe(subscriber);
            running.feed.start().get();
            first.close();
            Instant sent = Instant.now();
            gws.agent("alice").session().says("lost");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().repeated() >= 4);
            ArmedFault login = gws.faults().once(Step.LOGIN, new Fault.Withhold());
            running.feed.subscribe(subscriber);
            assertThat(login.awaitHits(1, RunningFeed.PATIENCE)).isTrue();
            gws.agent("alice").dropBayeuxSession();
            login.release();
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> !gaps.isEmpty());
            assertThat(texts).isEmpty();
            assertThat(gaps.peek().from()).isBeforeOrEqualTo(sent);
        }
    }

    /** Who came while the feed was stopping was not waited for any more once it had left. */
    @Test
    void aRouteThatStartsWhileTheFeedStopsIsAwaitedAsAnyOther() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            running.feed.start().get();
            ArmedFault disconnect = gws.faults().once(Step.DISCONNECT, new Fault.Hang());
            CompletableFuture<Void> stopped = running.feed.stop(Duration.ofMillis(500));
            assertThat(disconnect.awaitHits(1, RunningFeed.PATIENCE)).isTrue();
            Delivery first = running.feed.subscribe(subscriber);
            CompletableFuture<Void> live = running.feed.start();
            stopped.get();
            live.get();
            first.close();
            gws.agent("alice").session().says("unheard");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() >= 2);
            running.feed.subscribe(subscriber);
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.contains("unheard"));
        }
    }

    @Test
    void whatAServerThatKeepsNothingSentMeanwhileIsAGap() throws Exception {
        gws.settings(settings -> settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Delivery first = running.feed.subscribe(subscriber);
            running.feed.start().get();
            first.close();
            Instant sent = Instant.now();
            gws.agent("alice").session().says("lost");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> running.feed.status().received() >= 2);
            running.feed.subscribe(subscriber);
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> !gaps.isEmpty());
            assertThat(sent).isBetween(gaps.peek().from(), gaps.peek().to());
            assertThat(gws.awaitRequest(Step.DISCONNECT, 1, RunningFeed.PATIENCE)).as("to the session that is given up")
                    .isTrue();
        }
    }
}
