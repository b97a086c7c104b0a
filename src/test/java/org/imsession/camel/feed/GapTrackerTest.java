package org.imsession.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.recovery.Backoff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where windows of loss begin and end: neighbours never overlap, and nothing falls between them. */
class GapTrackerTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final BayeuxFailure LOST = new BayeuxFailure(BayeuxFailure.Kind.SESSION_UNKNOWN, 0, 0, "402");
    private static final FeedSettings SETTINGS = new FeedSettings("alice", "server", new BayeuxSettings("",
            true, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO), "", 1,
            new Backoff(Duration.ZERO, Duration.ZERO, 1, 0), Duration.ZERO, Duration.ZERO, List.of(), "", false);

    private Instant now = NOON;
    private Instant liableSince = NOON;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("Z");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final GapTracker gaps = new GapTracker(SETTINGS, clock, () -> liableSince);

    private void at(int second) {
        now = NOON.plusSeconds(second);
    }

    private FeedGap lost(int liable, int lost, int subscribed) {
        liableSince = NOON.plusSeconds(liable);
        at(lost);
        gaps.sessionLost(LOST);
        at(subscribed);
        return gaps.close().orElseThrow();
    }

    /** The session after a gap was asked for before that gap ended, and the next gap used to begin with it. */
    @Test
    void neighbouringWindowsAreDisjointAndLeaveNoHole() {
        gaps.liable();
        FeedGap first = lost(0, 10, 20);
        FeedGap second = lost(18, 25, 30);
        assertThat(first.from()).isEqualTo(NOON);
        assertThat(second.from()).isEqualTo(first.to());
        FeedGap third = lost(40, 45, 50);
        assertThat(third.from()).as("nothing was lost between").isEqualTo(NOON.plusSeconds(40));
    }

    /** Its first event came while it was lost, and those behind that were in no window. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aSessionIsLiableForWhatItsLastAnswerBringsAndNotForWhatTheNextOneBrings(boolean next) {
        gaps.sessionLost(LOST);
        if (next) {
            gaps.opened();
        }
        at(5);
        liableSince = now;
        gaps.liable();
        assertThat(gaps.close().map(FeedGap::from)).isEqualTo(next ? Optional.empty() : Optional.of(NOON));
    }

    /** A mark that lies ahead would cut off what is lost now. */
    @ParameterizedTest
    @ValueSource(ints = { -3600, -11, 5 })
    void aClockThatWasSetCutsNothingOff(int seconds) {
        gaps.liable();
        assertThat(lost(0, 5, 10).to()).isEqualTo(NOON.plusSeconds(10));
        int lost = 10 + seconds;
        FeedGap gap = lost(lost - 1, lost, lost + 1);
        assertThat(NOON.plusSeconds(lost)).isBetween(gap.from(), gap.to());
    }

    @Test
    void nothingIsLostBeforeAnythingWasPromised() {
        gaps.sessionLost(LOST);
        assertThat(gaps.close()).isEmpty();
        assertThat(gaps.mark()).isEqualTo(Instant.MAX);
        gaps.liable();
        assertThat(lost(-1, 1, 2).from()).as("from the first event on").isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void whatIsDroppedWhileASessionIsLostIsInTheSameWindow() {
        gaps.liable();
        liableSince = NOON.plusSeconds(4);
        gaps.dropped(3, NOON.plusSeconds(2));
        FeedGap gap = lost(4, 5, 10);
        assertThat(gap.from()).isEqualTo(NOON.plusSeconds(2));
        assertThat(gap.reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
        assertThat(gap.certainty()).isEqualTo(FeedGap.Certainty.CERTAIN);
        assertThat(gap.detail()).contains("402", "at least 3 events were dropped");
        assertThat(gaps.room()).as("told").isEmpty();
    }

    /** They used to be in no window if the route stopped then: the end of that window was the mark of the next. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2 })
    void whatWaitsBeforeWhatIsDroppedLiesInTheSameWindow(int waiting) {
        gaps.liable();
        liableSince = NOON.plusSeconds(waiting);
        gaps.dropped(3, NOON.plusSeconds(2));
        at(5);
        FeedGap dropped = gaps.room().orElseThrow();
        assertThat(dropped.from()).isEqualTo(NOON.plusSeconds(waiting));
        assertThat(gaps.mark()).as("what is told next begins behind it").isEqualTo(dropped.to());
    }

    @Test
    void roomDoesNotCloseTheWindowOfALostSession() {
        gaps.liable();
        gaps.sessionLost(LOST);
        gaps.dropped(1, NOON);
        assertThat(gaps.room()).isEmpty();
        assertThat(gaps.isBroken()).isTrue();
    }

    @Test
    void aLostSessionOutweighsALostAnswer() {
        gaps.liable();
        gaps.answerLost("cut");
        assertThat(lost(0, 1, 2).reason()).isEqualTo(FeedGap.Reason.SESSION_LOST);
    }

    @Test
    void theMomentThatIsKeptIsThatOfTheEarliestLossNobodyWasToldOf() {
        gaps.liable();
        assertThat(gaps.since(NOON.plusSeconds(3))).isEqualTo(NOON.plusSeconds(3));
        assertThat(gaps.untoldSince()).isEqualTo(Instant.MAX);
        gaps.sessionLost(LOST);
        assertThat(gaps.since(NOON.plusSeconds(9))).isEqualTo(NOON);
        assertThat(gaps.untoldSince()).isEqualTo(NOON);
        at(10);
        FeedGap gap = gaps.close().orElseThrow();
        assertThat(gaps.untoldSince()).as("on its way to whoever is told").isEqualTo(NOON);
        gaps.handedOver(gap);
        assertThat(gaps.since(NOON.plusSeconds(9))).as("not within what was told").isEqualTo(NOON.plusSeconds(10));
        assertThat(gaps.untoldSince()).isEqualTo(Instant.MAX);
    }
}
