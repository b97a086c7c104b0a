package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed can run for a producer that waits for what its operations cause, while routes come and go. */
class FeedWithoutSubscribersTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    private final FeedSubscriber subscriber = new FeedSubscriber() {
        @Override
        public void deliver(FeedEvent event, Done done) {
            if (event.notification() instanceof IMLogUpdateMessage text) {
                texts.add(text.message());
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
            Awaitility.await().until(() -> running.feed.status().received() >= 2
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
            Awaitility.await().until(() -> texts.contains("one"));
            first.close();
            gws.agent("alice").session().says("two").says("three");
            Awaitility.await().until(() -> running.feed.status().received() >= 4);
            running.feed.subscribe(subscriber);
            gws.agent("alice").session().says("four");
            Awaitility.await().until(() -> texts.contains("four"));
            assertThat(texts).containsExactly("one", "two", "three", "four");
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("the same session").isEqualTo(1);
            assertThat(running.feed.status().gaps()).isZero();
        }
    }
}
