package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.IMSessionTracker;
import org.imsession.camel.event.Origin;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.SessionState;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.Test;

/** What waits behind a subscriber that is suspended or stuck is bounded, however often sessions are lost. */
class DeliveryWindowsTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final FeedSettings SETTINGS = new FeedSettings("alice", "server", new BayeuxSettings("",
            true, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO), "", 1,
            new Backoff(Duration.ZERO, Duration.ZERO, 1, 0), Duration.ZERO, Duration.ZERO, List.of(), "", false);

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<FeedEvent> heard = new ArrayList<>();
    private final Audience audience = new Audience(SETTINGS, InstantSource.system(),
            new GapTracker(SETTINGS, InstantSource.system(), () -> Instant.MAX), () -> { });
    private final Delivery delivery = new Delivery(SETTINGS, new FeedSubscriber() {
        @Override
        public void deliver(FeedEvent event, Done done) {
            heard.add(event);
            done.ended();
        }

        @Override
        public void changed(FeedStatus status) {
            // not of interest
        }
    }, new FeedRuntime(null, work::add, Runnable::run, () -> 0, null, null, null), audience);

    private static FeedGap gap(int from, int to) {
        return new FeedGap("alice", NOON.plusSeconds(from), NOON.plusSeconds(to), FeedGap.Reason.SESSION_LOST,
                FeedGap.Certainty.POSSIBLE, "lost");
    }

    private void tell(FeedGap gap) {
        delivery.tell(new FeedEvent("alice", gap, "s-g" + gap.to(), Origin.GAP, DeliveryGuarantee.AT_LEAST_ONCE,
                gap.to(), FeedEvent.Tracked.NOTHING, Heard.UNKNOWN));
        delivery.wake();
    }

    private void run() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    private List<FeedGap> gaps() {
        return heard.stream().map(FeedEvent::notification).filter(FeedGap.class::isInstance).map(FeedGap.class::cast)
                .toList();
    }

    @Test
    void aSuspendedRouteHasOneWindowAndOneSnapshotWaitingHoweverOftenSessionsAreLost() {
        delivery.suspend();
        for (int loss = 0; loss < 1000; loss++) {
            tell(gap(10 * loss, 10 * loss + 5));
            delivery.offer(new Item.Snapshot(List.of(new IMSession("s" + loss, SessionState.TALKING, "Talking",
                    java.util.Map.of(), List.of(), List.of(), "", "", java.util.Map.of())), "s-s" + loss,
                    DeliveryGuarantee.AT_LEAST_ONCE, NOON, loss + 1));
        }
        assertThat(delivery.untoldSince()).isEqualTo(NOON);
        delivery.resume();
        assertThat(delivery.pending()).as("one window, one snapshot").isEqualTo(2);
        run();
        assertThat(gaps()).singleElement().satisfies(told -> {
            assertThat(told.from()).isEqualTo(NOON);
            assertThat(told.to()).isEqualTo(NOON.plusSeconds(9995));
            assertThat(told.detail().length()).isLessThan(600);
        });
        assertThat(heard).hasSize(2).last().satisfies(event ->
                assertThat(event.notification().sessionId()).as("of the last snapshot").isEqualTo("s999"));
        assertThat(delivery.untoldSince()).isEqualTo(Instant.MAX);
    }

    @Test
    void windowsThatAreToldOneAfterTheOtherAreDisjoint() {
        tell(gap(0, 10));
        run();
        tell(gap(8, 20));
        run();
        tell(gap(20, 30));
        run();
        assertThat(gaps()).extracting(FeedGap::from)
                .containsExactly(NOON, NOON.plusSeconds(10), NOON.plusSeconds(20));
    }

    /** What is skipped lies in the window before it, wholly or in part. */
    @Test
    void aSkippedEventIsInOneWindow() {
        tell(gap(0, 10));
        run();
        assertThat(delivery.cut(gap(2, 9))).as("within the window").isNull();
        assertThat(delivery.cut(gap(2, 12)).from()).isEqualTo(NOON.plusSeconds(10));
        assertThat(delivery.cut(gap(11, 12))).as("the same answer").isNull();
        assertThat(delivery.cut(gap(13, 14))).isEqualTo(gap(13, 14));
        tell(gap(13, 20));
        run();
        assertThat(gaps()).last().isEqualTo(gap(13, 20).from(NOON.plusSeconds(14)));
    }

    /** A window that waits grows, so nothing that is skipped behind it is told by itself: later windows join it. */
    @Test
    void whatIsSkippedBehindAWindowThatWaitsIsPartOfIt() {
        delivery.suspend();
        tell(gap(0, 10));
        assertThat(delivery.cut(gap(10, 11))).isNull();
        assertThat(delivery.cut(gap(12, 13))).isNull();
        tell(gap(14, 20));
        delivery.resume();
        run();
        assertThat(gaps()).singleElement().satisfies(told -> {
            assertThat(told.from()).isEqualTo(NOON);
            assertThat(told.to()).isEqualTo(NOON.plusSeconds(20));
        });
        assertThat(delivery.cut(gap(20, 21))).as("behind what has been told").isEqualTo(gap(20, 21));
    }

    @Test
    void whoIsLeavingWhenAWindowIsToldTakesItAlong() {
        delivery.close();
        tell(gap(3, 10));
        assertThat(delivery.untoldSince()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void whoComesBackIsToldOnceWhatItMissed() {
        delivery.returns(new IMSessionTracker(), NOON, true);
        assertThat(delivery.untoldSince()).isEqualTo(NOON);
        assertThat(delivery.missing()).isEqualTo(NOON);
        tell(gap(0, 5));
        assertThat(delivery.missing()).isEqualTo(Instant.MAX);
        assertThat(delivery.untoldSince()).as("until it has been told").isEqualTo(NOON);
        run();
        assertThat(delivery.untoldSince()).isEqualTo(Instant.MAX);
    }
}
