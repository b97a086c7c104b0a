package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.threads.StepByStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins begin at a rate, and only so many are under way. */
class RampedPaceTest {

    private final StepByStep time = new StepByStep();
    private final List<Integer> begun = new ArrayList<>();

    @AfterEach
    void stop() {
        time.shutdownNow();
    }

    private RampedPace pace(int perSecond, int concurrent) {
        return new RampedPace(time, time::nanoTime, new Random(1), perSecond, concurrent);
    }

    private List<LoginPace.Turn> ask(RampedPace pace, int number) {
        return IntStream.range(0, number).mapToObj(i -> pace.turn(() -> begun.add(i))).toList();
    }

    @Test
    void noMoreBeginInASecondThanTheRateGiveOrTakeChance() {
        ask(pace(100, 1000), 500);
        for (int second = 1; second <= 4; second++) {
            for (int i = 0; i < 100; i++) {
                time.pass(10);
            }
            assertThat(begun.size()).isBetween(second * 90, second * 110 + 1);
        }
        assertThat(begun).isSorted();
    }

    @Test
    void theTimeBetweenTwoIsNotAlwaysTheSame() {
        ask(pace(10, 1000), 40);
        List<Long> gaps = new ArrayList<>();
        int before = begun.size();
        long last = 0;
        for (long now = 1; now < 3000; now++) {
            time.pass(1);
            if (begun.size() > before) {
                before = begun.size();
                gaps.add(now - last);
                last = now;
            }
        }
        assertThat(gaps).hasSizeGreaterThan(20).allMatch(gap -> gap >= 49 && gap <= 151);
        assertThat(gaps.stream().distinct().count()).isGreaterThan(10);
    }

    @Test
    void onlySoManyAreUnderWayHoweverLongTheyTake() {
        List<LoginPace.Turn> turns = ask(pace(1000, 3), 10);
        time.pass(5000);
        assertThat(begun).containsExactly(0, 1, 2);
        assertThat(time.timers()).as("nobody needs to be woken before one is over").isZero();
        turns.get(1).over();
        assertThat(begun).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aTurnThatIsOverTwiceMakesRoomOnce() {
        List<LoginPace.Turn> turns = ask(pace(1000, 1), 5);
        time.pass(5000);
        turns.get(0).over();
        turns.get(0).over();
        time.pass(5000);
        assertThat(begun).containsExactly(0, 1);
    }

    @Test
    void whoNoLongerWantsATurnIsPassedOver() {
        List<LoginPace.Turn> turns = ask(pace(1000, 1), 4);
        time.pass(5000);
        turns.get(1).over();
        turns.get(2).over();
        turns.get(0).over();
        time.pass(5000);
        assertThat(begun).containsExactly(0, 3);
    }

    @Test
    void whoIsWaitedForHasEveryOtherTurnAndNobodyStarves() {
        RampedPace pace = pace(100, 1000);
        ask(pace, 7);
        IntStream.range(100, 104).forEach(i -> pace.soon(() -> begun.add(i)));
        time.pass(5000);
        assertThat(begun).containsExactly(0, 100, 1, 101, 2, 102, 3, 103, 4, 5, 6);
    }

    @Test
    void whoIsWaitedForBeginsAtOnceIfNobodyElseDoes() {
        RampedPace pace = pace(1, 1);
        time.pass(10_000);
        pace.soon(() -> begun.add(1));
        assertThat(begun).containsExactly(1);
    }

    @Test
    void whoGoesOnAfterALoginNeedsAPlaceAndNoTurnOfTheRate() {
        RampedPace pace = pace(1, 2);
        List<LoginPace.Turn> turns = ask(pace, 2);
        IntStream.range(100, 103).forEach(i -> pace.further(() -> begun.add(i)));
        assertThat(begun).as("one place is free, none behind it").containsExactly(0, 100);
        time.pass(10_000);
        assertThat(begun).containsExactly(0, 100);
        turns.get(0).over();
        assertThat(begun).as("before who has not logged in yet").containsExactly(0, 100, 101);
    }

    @Test
    void theEndLetsAllGoWhoWait() {
        RampedPace pace = pace(1, 1);
        ask(pace, 3);
        pace.soon(() -> begun.add(3));
        pace.close();
        assertThat(begun).containsExactly(0, 3, 1, 2);
    }

    /** Only the queue knows whose turn it was: one that threw used to take the places of all behind it. */
    @Test
    void aTurnThatFailsWhenItBeginsCostsNobodyElseHisPlace() {
        RampedPace pace = pace(1000, 2);
        LoginPace.Turn first = pace.turn(() -> begun.add(0));
        time.pass(1000);
        first.over();
        begun.clear();
        LoginPace.Turn one = pace.further(() -> begun.add(1));
        LoginPace.Turn two = pace.further(() -> begun.add(2));
        pace.further(() -> {
            throw new InternalError("unable to create native thread");
        });
        pace.further(() -> begun.add(3));
        one.over();
        assertThat(begun).as("the place of the one that failed is another's").containsExactly(1, 2, 3);
        two.over();
        ask(pace, 2);
        time.pass(1000);
        assertThat(begun).containsExactly(1, 2, 3, 0);
    }

    @Test
    void allWhoBeginTogetherBeginThoughTheFirstFails() {
        RampedPace pace = pace(1, 1);
        LoginPace.Turn busy = pace.turn(() -> begun.add(0));
        pace.turn(() -> {
            throw new InternalError("unable to create native thread");
        });
        pace.turn(() -> begun.add(1));
        pace.close();
        busy.over();
        assertThat(begun).containsExactly(0, 1);
    }

    @Test
    void whoHasAskedForACredentialAndWhoNeedNotTakeTurns() {
        RampedPace pace = pace(100, 1000);
        ask(pace, 7);
        IntStream.range(200, 203).forEach(i -> pace.asked(() -> begun.add(i)));
        IntStream.range(100, 103).forEach(i -> pace.soon(() -> begun.add(i)));
        time.pass(5000);
        assertThat(begun).containsExactly(0, 100, 200, 101, 1, 102, 201, 2, 202, 3, 4, 5, 6);
    }

    @Test
    void asManyMayAskAheadAsMayLogInAndHoldNoPlaceOfALogin() {
        RampedPace pace = pace(1000, 20);
        List<LoginPace.Turn> asking = IntStream.range(100, 130).mapToObj(i -> pace.ahead().turn(() -> begun.add(i)))
                .toList();
        assertThat(begun).as("at once, no login is begun by it").hasSize(20);
        begun.clear();
        asking.get(0).over();
        assertThat(begun).containsExactly(120);
        ask(pace, 1);
        time.pass(1000);
        assertThat(begun).containsExactly(120, 0);
    }

    @Test
    void whatWasNotUsedIsNotSavedUpForABurst() {
        RampedPace pace = pace(100, 1000);
        time.pass(60_000);
        ask(pace, 100);
        time.pass(10);
        assertThat(begun.size()).as("a ramp and not a wall").isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({ "0, 1, loginsPerSecond", "1, 0, concurrentLogins" })
    void nonsenseIsRefusedByItsName(int perSecond, int concurrent, String option) {
        assertThatThrownBy(() -> pace(perSecond, concurrent)).hasMessageContaining(option + " is 0");
    }
}
