package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed that only a producer kept alive is taken up: on the same session, from the position that it has then. */
class TakenUpTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final Queue<FeedEvent> texts = new ConcurrentLinkedQueue<>();

    private final class Taking implements FeedSubscriber {

        private final AtomicReference<Done> working = new AtomicReference<>();
        private final CountDownLatch taken = new CountDownLatch(1);
        private final boolean works;

        Taking(boolean works) {
            this.works = works;
        }

        @Override
        public void deliver(FeedEvent event, Done done) {
            if (event.notification() instanceof IMLogUpdateMessage) {
                texts.add(event);
                if (works) {
                    working.set(done);
                    taken.countDown();
                    return;
                }
            }
            done.ended();
        }

        @Override
        public void changed(FeedStatus status) {
            // not of interest
        }
    }

    /** The position was read, then a connect acknowledged what had just ended: the next event got its sequence. */
    @Test
    void aFeedThatIsTakenUpNeverGivesOneSequenceToTwoEventsThoughAnExchangeEndsMeanwhile() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Taking first = new Taking(true);
            Delivery delivery = running.feed.subscribe(first);
            running.feed.start().get();
            gws.agent("alice").session().says("one");
            assertThat(first.taken.await(20, TimeUnit.SECONDS)).isTrue();
            delivery.close();
            running.clock.once(() -> running.feed.status().state() == FeedState.BACKING_OFF, () -> {
                first.working.get().ended();
                int connects = gws.requests().count(Step.CONNECT);
                Awaitility.await().atMost(RunningFeed.PATIENCE).until(() ->
                        gws.agent("alice").queued() == 0 || gws.requests().count(Step.CONNECT) > connects + 1);
            });
            running.feed.subscribe(new Taking(false));
            gws.agent("alice").session().says("two").says("three");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.stream().anyMatch(event ->
                    ((IMLogUpdateMessage) event.notification()).message().equals("three")));
            Map<String, String> bySequence = new LinkedHashMap<>();
            texts.forEach(event -> {
                String text = ((IMLogUpdateMessage) event.notification()).message();
                assertThat(bySequence.merge(event.sequence(), text, (one, other) -> one))
                        .as("the text of " + event.sequence()).isEqualTo(text);
            });
            assertThat(bySequence.values()).containsExactlyElementsOf(List.of("one", "two", "three"));
            assertThat(running.feed.status().gaps()).isZero();
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("the same session").isEqualTo(1);
        }
    }

    /** What it had left without ending it held its room for ever, so that nothing more was taken: the feed was deaf. */
    @Test
    void aFeedHasRoomAgainForARouteThatComesBackWhileItIsNotSubscribed() throws Exception {
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Delivery delivery = running.feed.subscribe(new Taking(true));
            running.feed.start().get();
            for (int i = 0; i < RunningFeed.MAX_PENDING; i++) {
                gws.agent("alice").session().says("left " + i);
            }
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() ->
                    running.feed.status().pending() == RunningFeed.MAX_PENDING);
            delivery.close();
            gws.faults().always(Step.HANDSHAKE, Fault.status(500));
            gws.restart();
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() ->
                    running.feed.status().state() == FeedState.BACKING_OFF);
            running.feed.subscribe(new Taking(false));
            gws.faults().clear();
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() ->
                    running.feed.status().state() == FeedState.LIVE);
            gws.agent("alice").session().says("heard");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts.stream().anyMatch(event ->
                    ((IMLogUpdateMessage) event.notification()).message().equals("heard")));
        }
    }
}
