package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each route of the next process goes on from its own mark, in whatever order they come. */
class RouteMarksTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final FeedSettings SETTINGS = new FeedSettings("alice", "server", new BayeuxSettings("",
            true, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO), "", 1,
            new Backoff(Duration.ZERO, Duration.ZERO, 1, 0), Duration.ZERO, Duration.ZERO, List.of(), "", false);

    private final Audience audience = audience();

    private static Audience audience() {
        return new Audience(SETTINGS, InstantSource.system(), new GapTracker(SETTINGS, InstantSource.system(), () -> NOON),
                () -> { });
    }

    private static Delivery come(Audience audience, String name) {
        Delivery delivery = new Delivery(SETTINGS, new FeedSubscriber() {
            @Override
            public void deliver(FeedEvent event, Done done) {
                throw new AssertionError("nothing runs here");
            }

            @Override
            public void changed(FeedStatus status) {
                // not of interest
            }

            @Override
            public String name() {
                return name;
            }
        }, new FeedRuntime(null, task -> { }, task -> { }, () -> 0, null, null, null), audience);
        audience.expect(delivery);
        audience.join(delivery);
        return delivery;
    }

    private List<RouteMark> kept() {
        return audience.marks(NOON, audience.gaps().untoldSince());
    }

    private static RouteMark mark(String name, int second, boolean owed) {
        return new RouteMark(name, NOON.plusSeconds(second), owed);
    }

    /** The first one had heard of the feed by then, and nothing said that the second had not. */
    @ParameterizedTest
    @CsvSource({ "true, true, true", "true, false, false", "false, true, true", "false, false, true" })
    void aRouteThatComesAfterARestartHasMissedWhatOthersHeard(boolean goesOn, boolean heard, boolean missed) {
        audience.found(List.of(mark("a", 1, false), mark("b", 2, false)), goesOn);
        come(audience, "a");
        if (heard) {
            audience.hearing();
        }
        assertThat(come(audience, "b").missing()).isEqualTo(missed ? NOON.plusSeconds(2) : Instant.MAX);
    }

    @ParameterizedTest
    @CsvSource({ "true", "false" })
    void aRouteThatWasStoppedBesideAnotherIsKnownToTheNextProcess(boolean heard) {
        audience.gaps().liable();
        Delivery first = come(audience, "a");
        come(audience, "b");
        first.close();
        if (heard) {
            audience.hearing();
        }
        assertThat(kept()).containsExactlyInAnyOrder(mark("a", 0, heard), mark("b", 0, false));
    }

    @Test
    void whatTheFeedHasYetToTellIsOwedToEachButNotWhatOneHasBeenTold() {
        audience.found(List.of(mark("a", 5, false), mark("b", 9, true)), true);
        audience.gaps().liable();
        come(audience, "a");
        audience.gaps().answerLost("cut");
        assertThat(kept()).containsExactlyInAnyOrder(mark("a", 5, true), mark("b", 9, true));
    }

    /** Older versions kept one moment for all. */
    @ParameterizedTest
    @CsvSource({ "true", "false" })
    void whatAnOlderVersionOwedIsToldToWhoeverComes(boolean owed) {
        audience.found(List.of(mark(RouteMark.ANYBODY, 3, owed)), true);
        assertThat(come(audience, "a").missing()).isEqualTo(owed ? NOON.plusSeconds(3) : Instant.MAX);
        audience.hearing();
        assertThat(come(audience, "b").missing()).isEqualTo(NOON.plusSeconds(3));
    }

    /** Of two routes that stop one after the other with their process, the first has missed nothing if nothing came. */
    @Test
    void routesThatStopOneAfterTheOtherGoOnTogether() {
        audience.gaps().liable();
        Delivery first = come(audience, "a");
        Delivery second = come(audience, "b");
        first.close();
        second.close();
        assertThat(kept()).extracting(RouteMark::owed).containsExactly(false, false);
        assertThat(come(audience, "a").missing()).isEqualTo(Instant.MAX);
    }

    /** What was about to be handed to it, and comes again, was counted as heard by others: a gap too many. */
    @Test
    void aRouteThatStopsWhileAnEventComesHasMissedNothing() throws Exception {
        audience.gaps().liable();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1000);
        Thread events = new Thread(() -> {
            while (!over.get()) {
                audience.hearing();
                begun.countDown();
            }
        });
        events.setDaemon(true);
        events.start();
        int missed = 0;
        try {
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            for (int stop = 0; stop < 200_000; stop++) {
                Delivery route = come(audience, "a");
                missed += route.missing().equals(Instant.MAX) ? 0 : 1;
                route.close();
            }
        } finally {
            over.set(true);
        }
        events.join();
        assertThat(missed).isZero();
    }
}
