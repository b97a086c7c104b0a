package org.imsession.camel.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a feed tries again, by a clock of its own, with the default options. */
class QuickRecoveryTest {

    private static final long SEEDS = 200;
    private static final Backoff DEFAULTS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 1);

    private long millis;

    private FailureCount attempts(Backoff backoff, long seed) {
        return new FailureCount(backoff, () -> TimeUnit.MILLISECONDS.toNanos(millis), new Random(seed));
    }

    private FailureCount live(Backoff backoff, long seed) {
        FailureCount attempts = attempts(backoff, seed);
        attempts.live();
        millis += Duration.ofHours(1).toMillis();
        attempts.heard();
        return attempts;
    }

    /** How long after the server the first attempt is made, in milliseconds. */
    private long late(FailureCount attempts, Duration outage) {
        long back = millis + outage.toMillis();
        while (millis < back) {
            attempts.failedAgain();
            millis += Math.max(1, attempts.delay(Optional.empty()));
        }
        return millis - back;
    }

    /** After six seconds it used to be up to sixteen seconds later. */
    @ParameterizedTest
    @CsvSource({ "1, 1000", "4, 1000", "6, 2000", "60, 20000", "600, 30000" })
    void aFeedThatWasLiveTriesAgainWithinAPartOfTheOutage(long seconds, long most) {
        assertThat(LongStream.range(0, SEEDS).map(seed -> late(live(DEFAULTS, seed), Duration.ofSeconds(seconds)))
                .boxed().toList()).allSatisfy(late -> assertThat(late).isBetween(0L, most));
    }

    @Test
    void theMedianAfterSixSecondsIsBelowOneSecond() {
        long[] sorted = LongStream.range(0, SEEDS).map(seed -> late(live(DEFAULTS, seed), Duration.ofSeconds(6)))
                .sorted().toArray();
        assertThat(sorted[sorted.length / 2]).isLessThan(1000);
    }

    /** Many agents would ask more often than ever before, and the more often the longer the server was away. */
    @Test
    void nobodyTriesMoreOftenThanInTheFirstSecondOfAnOutage() {
        FailureCount attempts = live(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0), 1);
        attempts.failedAgain();
        assertThat(attempts.delay(Optional.empty())).isEqualTo(1000);
        millis += Duration.ofMinutes(10).toMillis();
        for (int i = 0; i < 10; i++) {
            attempts.failedAgain();
        }
        assertThat(attempts.delay(Optional.empty())).isEqualTo(30_000);
    }

    @Test
    void aFeedThatWasNeverLiveIsNotInAHurry() {
        FailureCount attempts = attempts(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0), 1);
        List<Long> delays = LongStream.range(0, 6).map(i -> {
            attempts.failedAgain();
            return attempts.delay(Optional.empty());
        }).boxed().toList();
        assertThat(delays).containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L);
    }

    /** A session that comes and goes is no outage: its attempts grow as if it had not come. */
    @Test
    void aFeedThatIsLiveForAMomentOnlyHasBeenCutOffAllTheTime() {
        FailureCount attempts = live(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0), 1);
        for (int i = 0; i < 10; i++) {
            attempts.failedAgain();
            millis += 9000;
            attempts.live();
            attempts.heard();
        }
        attempts.failedAgain();
        assertThat(attempts.delay(Optional.empty())).isEqualTo(22_500);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theServersOwnWordIsKept(boolean answeredAgain) {
        FailureCount attempts = live(DEFAULTS, 1);
        attempts.failedAgain();
        if (answeredAgain) {
            attempts.answeredAgain();
        }
        assertThat(attempts.delay(Optional.of(Duration.ofSeconds(20)))).isEqualTo(20_000);
    }

    /** It says that it has forgotten the login, and then the session; a third time may be its last word. */
    @Test
    void aServerThatAnswersAgainIsAskedAtOnceTwice() {
        FailureCount attempts = live(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0), 1);
        List<Long> delays = LongStream.range(0, 4).map(i -> {
            attempts.answeredAgain();
            attempts.failedAgain();
            return attempts.delay(Optional.empty());
        }).boxed().toList();
        assertThat(delays).containsExactly(0L, 0L, 1000L, 1000L);
    }

    @Test
    void aLongDelayThatIsConfiguredIsKept() {
        FailureCount attempts = live(new Backoff(Duration.ofSeconds(20), Duration.ofSeconds(30), 2, 0), 1);
        attempts.failedAgain();
        assertThat(attempts.delay(Optional.empty())).isEqualTo(20_000);
    }
}
