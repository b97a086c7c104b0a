package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.camel.status.FeedStatus;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.settings.GwsSwitch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It used to stop the acknowledgement of the session for good, and without acknowledgement the rest was lost. */
class FailingDecoderTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    private final Queue<IMSessionNotification> heard = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aDecoderThatFailsCostsNoEventAndHoldsUpNone(boolean acknowledging) throws Exception {
        gws.settings(settings -> acknowledging ? settings : settings.without(GwsSwitch.ACK_EXTENSION));
        gws.restart();
        try (RunningFeed running = RunningFeed.withoutSubscriber(gws.url())) {
            Function<byte[], IMSessionNotification> whole = running.decoder;
            running.decoder = text -> {
                if (new String(text, StandardCharsets.UTF_8).contains("hush")) {
                    throw new OutOfMemoryError("hush");
                }
                return whole.apply(text);
            };
            running.feed.subscribe(subscriber());
            running.feed.start().get();
            gws.agent("alice").session().says("one").says("hush").says("two");
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() -> texts().equals(List.of("one", "two")));
            assertThat(heard).filteredOn(UnknownMessage.class::isInstance).singleElement().satisfies(each -> {
                assertThat(((UnknownMessage) each).reason()).contains("OutOfMemoryError").doesNotContain("hush");
                assertThat(each.raw()).contains("hush");
            });
            Awaitility.await().atMost(RunningFeed.PATIENCE).until(() ->
                    running.feed.status().pending() == 0 && gws.agent("alice").queued() == 0);
            assertThat(log.with("IMS-905")).singleElement().asString().doesNotContain("hush");
        }
    }

    private List<String> texts() {
        return heard.stream().filter(IMLogUpdateMessage.class::isInstance)
                .map(each -> ((IMLogUpdateMessage) each).message()).toList();
    }

    private FeedSubscriber subscriber() {
        return new FeedSubscriber() {
            @Override
            public void deliver(FeedEvent event, Done done) {
                heard.add(event.notification());
                done.ended();
            }

            @Override
            public void changed(FeedStatus status) {
                // of no interest here
            }
        };
    }
}
