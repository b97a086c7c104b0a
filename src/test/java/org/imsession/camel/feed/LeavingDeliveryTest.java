package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.Origin;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One route leaves while another comes: whose business is what nobody has ended? */
class LeavingDeliveryTest {

    private static final FeedSettings SETTINGS = new FeedSettings("alice", "server", new BayeuxSettings("",
            true, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO), "", 1,
            new Backoff(Duration.ZERO, Duration.ZERO, 1, 0), Duration.ZERO, Duration.ZERO, List.of(), "", false);

    private static final FeedSubscriber SUBSCRIBER = new FeedSubscriber() {
        @Override
        public void deliver(FeedEvent event, Done done) {
            throw new AssertionError("nothing runs here");
        }

        @Override
        public void changed(FeedStatus status) {
            // not of interest
        }
    };

    private final Audience all = new Audience(SETTINGS, InstantSource.system(),
            new GapTracker(SETTINGS, InstantSource.system(), () -> Instant.MAX), () -> { });
    private final AtomicInteger ended = new AtomicInteger();

    private Delivery delivery() {
        FeedRuntime never = new FeedRuntime(null, task -> { }, task -> { }, () -> 0, null, null, null);
        return new Delivery(SETTINGS, SUBSCRIBER, never, all);
    }

    private boolean join(Delivery delivery) {
        boolean left = all.expect(delivery);
        all.join(delivery);
        return left;
    }

    private Item event() {
        return new Item.Event(new FeedEvent("alice", new UnknownMessage("", "", "", Map.of(), ""), "1", Origin.LIVE,
                DeliveryGuarantee.AT_LEAST_ONCE, Instant.EPOCH, FeedEvent.Tracked.NOTHING, Heard.UNKNOWN), 0,
                ended::incrementAndGet, 1);
    }

    /** It was told to nobody: the next window began where it ended. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aWindowThatIsOnItsWayWhenARouteLeavesIsToldToItLater(boolean alone) {
        Instant lost = Instant.parse("2026-11-28T12:00:00Z");
        Delivery leaving = delivery();
        join(leaving);
        if (!alone) {
            join(delivery());
        }
        all.gaps().liable();
        all.gaps().dropped(1, lost);
        FeedGap gap = all.gaps().close().orElseThrow();
        leaving.close();
        all.gaps().handedOver(gap);
        Delivery back = delivery();
        join(back);
        assertThat(back.missing()).isEqualTo(lost);
    }

    /**
     * An answer is being handed out while the only route stops; it used to be acknowledged once the next one was there.
     */
    @Test
    void whatArrivesLateAtARouteThatLeftAloneIsLeftToTheServer() {
        Delivery first = delivery();
        join(first);
        first.offer(event());
        first.close();
        assertThat(join(delivery())).as("all had left").isTrue();
        first.offer(event());
        assertThat(ended).hasValue(0);
    }

    @Test
    void whatArrivesLateAtARouteThatLeftAnotherIsNotWaitedFor() {
        Delivery first = delivery();
        Delivery second = delivery();
        join(first);
        assertThat(join(second)).as("all had left").isFalse();
        first.offer(event());
        first.close();
        second.close();
        first.offer(event());
        assertThat(ended).hasValue(2);
    }

    /** It used to stay in the list for ever, and ended what nobody had got. */
    @Test
    void aRouteThatStopsBeforeItsStartIsThroughDoesNotJoin() {
        Delivery delivery = delivery();
        delivery.close();
        assertThat(join(delivery)).isFalse();
        assertThat(all.present()).isEmpty();
        assertThat(all.isAwaited()).isFalse();
    }
}
