package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imsession.camel.bayeux.AckLedger;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.bayeux.Ledgers;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.status.FeedStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gap of events that were dropped stands between those that came before them and those that came behind. It used to
 * overtake what waited until the subscription was confirmed.
 */
class IntakeOrderTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final FeedSettings SETTINGS = new FeedSettings("alice", "server",
            new BayeuxSettings("", true, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO), "", 10,
            new Backoff(Duration.ZERO, Duration.ZERO, 1, 0), Duration.ZERO, Duration.ZERO, List.of(), "", false);

    private Instant now = NOON;
    private final AckLedger ledger = Ledgers.ofAServerThatKeepsNothing();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final List<String> heard = new ArrayList<>();
    private final List<FeedGap> told = new ArrayList<>();
    private final List<String> sequences = new ArrayList<>();
    private final FeedRuntime threads = new FeedRuntime(null, Runnable::run, Runnable::run, () -> 0, clock, null, null);
    private final Audience audience = new Audience(SETTINGS, clock,
            new GapTracker(SETTINGS, clock, () -> NOON), () -> { });
    private final GapTracker gaps = audience.gaps();
    private final Intake intake = new Intake(SETTINGS, threads,
            json -> new UnknownMessage("", "", "", Map.of(), new String(json, StandardCharsets.UTF_8)),
            (notification, again) -> Heard.UNKNOWN, new FeedCounters(),
            new Backlog(SETTINGS, threads, AnswerMemory.OF_THIS_JVM.share(1), audience), audience);
    private int came;
    private Delivery route;

    private final class Route implements FeedSubscriber {

        private final String name;

        Route(String name) {
            this.name = name;
        }

        @Override
        public void deliver(FeedEvent event, Done done) {
            if (!name.equals("first")) {
                done.ended();
                return;
            }
            if (event.notification() instanceof FeedGap gap) {
                told.add(gap);
                sequences.add(event.sequence());
                heard.add(gap.reason().toString());
            } else {
                heard.add(event.notification().raw());
            }
            done.ended();
        }

        @Override
        public void changed(FeedStatus status) {
            // not of interest
        }

        @Override
        public String name() {
            return name;
        }
    }

    private Delivery joined(String name) {
        Delivery delivery = new Delivery(SETTINGS, new Route(name), threads, audience);
        audience.expect(delivery);
        intake.join(delivery);
        return delivery;
    }

    @BeforeEach
    void aSessionThatIsNotConfirmed() {
        route = joined("first");
        intake.opened("session", false);
    }

    private void comes(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        intake.received(List.of(new ReceivedEvent("", json, json.length, 0, false, false, 1, came++, false,
                ledger)), NOON);
    }

    private void areDropped() {
        intake.dropped(3, NOON);
    }

    private void isLost() {
        gaps.sessionLost(new BayeuxFailure(BayeuxFailure.Kind.SESSION_UNKNOWN, 0, 0, "402"));
        intake.opened("next", false);
    }

    private void isConfirmed() {
        intake.nextSubscription(audience.gapBeforeSubscription());
    }

    private void areDisjointAndTold(int windows) {
        assertThat(told).hasSize(windows);
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).from()).isAfterOrEqualTo(told.get(i - 1).to());
        }
        assertThat(gaps.untoldSince()).isEqualTo(Instant.MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 3 })
    void whatIsDroppedBeforeTheSubscriptionIsConfirmedIsToldBehindWhatCameBeforeIt(int before) {
        List<String> first = IntStream.range(0, before).mapToObj(number -> "before " + number).toList();
        first.forEach(this::comes);
        areDropped();
        comes("behind");
        assertThat(heard).as("nothing is heard before").isEmpty();
        isConfirmed();
        assertThat(heard).containsExactlyElementsOf(
                Stream.of(first, List.of("BUFFER_OVERFLOW", "behind")).flatMap(List::stream).toList());
        areDisjointAndTold(1);
    }

    /** There was no room until then. */
    @Test
    void whatIsDroppedUntilTheSubscriptionIsConfirmedIsToldBehindWhatWaits() {
        IntStream.range(0, 8).forEach(number -> comes("before " + number));
        areDropped();
        isConfirmed();
        assertThat(heard).hasSize(9).endsWith("before 7", "BUFFER_OVERFLOW");
        areDisjointAndTold(1);
    }

    @Test
    void eachGapOfDroppedEventsHasItsOwnPlace() {
        joined("another, so that each hears at once what comes");
        comes("one");
        areDropped();
        comes("two");
        areDropped();
        comes("three");
        isConfirmed();
        assertThat(heard).containsExactly("one", "BUFFER_OVERFLOW", "two", "BUFFER_OVERFLOW", "three");
        areDisjointAndTold(2);
    }

    @Test
    void theGapOfASessionThatIsLostThenIsToldBehindThat() {
        joined("another, so that each hears at once what comes");
        comes("one");
        areDropped();
        comes("two");
        isLost();
        comes("three");
        isConfirmed();
        assertThat(heard).containsExactly("one", "BUFFER_OVERFLOW", "SESSION_LOST", "two", "three");
        areDisjointAndTold(2);
    }

    @Test
    void whatIsDroppedInALiveSessionIsToldAtOnce() {
        isConfirmed();
        comes("one");
        areDropped();
        assertThat(heard).containsExactly("one", "BUFFER_OVERFLOW");
        areDisjointAndTold(1);
    }

    /** They were counted anew in each process, and a consumer that drops repeats dropped them. */
    @Test
    void gapsOfTwoProcessesThatGoOnWithOneSessionHaveSequencesOfTheirOwn() {
        IntakeOrderTest next = new IntakeOrderTest();
        next.aSessionThatIsNotConfirmed();
        for (IntakeOrderTest process : List.of(this, next)) {
            process.isConfirmed();
            process.areDropped();
            process.areDropped();
        }
        assertThat(sequences).hasSize(2).doesNotHaveDuplicates().allMatch(each -> each.startsWith("session-"));
        assertThat(next.sequences).hasSize(2).doesNotContainAnyElementsOf(sequences);
    }

    /** What waits is for nobody any more, but that some was dropped is not forgotten. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aGapThatWaitsIsToldThoughItsSessionIsForgotten(boolean left) {
        comes("one");
        areDropped();
        if (left) {
            route.close();
        }
        intake.forget();
        assertThat(heard).as("each who is there").isEqualTo(left ? List.of() : List.of("BUFFER_OVERFLOW"));
        assertThat(gaps.untoldSince()).isEqualTo(Instant.MAX);
        if (left) {
            assertThat(joined("first").missing()).as("of who has left").isEqualTo(NOON);
        }
    }
}
