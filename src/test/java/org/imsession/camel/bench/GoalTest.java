package org.imsession.camel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a benchmark says about a goal follows from its turns; a warm-up ends when the rate does not rise any more. */
class GoalTest {

    @ParameterizedTest
    @CsvSource({ "0.90, 0.95, 1.04, reached", "0.90, 1.00, 1.10, reached", "0.99, 1.01, 1.04, within noise",
            "1.00, 1.01, 1.04, within noise", "1.01, 1.02, 1.04, missed" })
    void aGoalFromAboveIsReachedByTheMedianAndHeldByTheLeast(double least, double median, double most, String verdict) {
        assertThat(Goal.atMost(1).verdict(new Spread(median, least, most))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({ "0.90, 1.00, 1.04, reached", "0.90, 0.95, 1.00, within noise", "0.90, 0.95, 0.99, missed" })
    void aGoalFromBelowIsReachedByTheMedianAndHeldByTheMost(double least, double median, double most, String verdict) {
        assertThat(Goal.atLeast(1).verdict(new Spread(median, least, most))).isEqualTo(verdict);
    }

    @Test
    void whatWasNotMeasuredReachesNothing() {
        assertThat(Goal.atMost(1).verdict(Spread.of(List.of()))).isEqualTo("not measured");
    }

    /** What else the machine did in a turn hit both, so a ratio is one of a turn. */
    @Test
    void theRatioIsThatOfTheSameTurn() {
        Medians medians = new Medians();
        List.of(10.0, 20.0, 40.0).forEach(each -> medians.add("ours", each));
        List.of(10.0, 10.0, 80.0).forEach(each -> medians.add("raw", each));

        assertThat(medians.ratio("ours", "raw")).isEqualTo(new Spread(1, 0.5, 2)).hasToString("1.00 (0.50 to 2.00)");
        assertThat(medians.difference("ours", "raw")).isEqualTo(new Spread(0, -40, 10));
        assertThat(medians.ratio("ours", "nobody")).hasToString("-");
    }

    @Test
    void aWarmUpGoesOnWhileTheRateRises() {
        WarmUp warmUp = new WarmUp("");
        for (double rate = 1; rate < 100; rate *= 1.05) {
            assertThat(warmUp.isSteady(rate)).as("%s", rate).isFalse();
        }
    }

    @Test
    void aWarmUpEndsAfterFiveWindowsOfWhichNoneWasFasterByMoreThanNoise() {
        WarmUp warmUp = new WarmUp("");
        warmUp.isSteady(100);
        for (double rate : new double[] { 102, 90, 101, 99 }) {
            assertThat(warmUp.isSteady(rate)).as("%s", rate).isFalse();
        }
        assertThat(warmUp.isSteady(100)).isTrue();
    }
}
