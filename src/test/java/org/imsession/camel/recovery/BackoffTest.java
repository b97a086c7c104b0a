package org.imsession.camel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({ "1,1000", "2,2000", "3,4000", "5,16000", "6,30000", "1000,30000" })
    void eachDelayExceedsTheOneBeforeUpToTheMaximum(int attempt, long millis) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0);
        assertThat(backoff.millis(attempt, new Random())).isEqualTo(millis);
    }

    @Test
    void fullJitterSpreadsAThousandAgentsOverTheWholeDelay() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(30), 2, 1);
        Random random = new Random(3);
        int[] tenths = new int[10];
        IntStream.range(0, 1000).mapToLong(i -> backoff.millis(1, random))
                .forEach(millis -> tenths[(int) millis / 1000]++);
        assertThat(IntStream.of(tenths).boxed()).allSatisfy(count -> assertThat(count).isBetween(60, 140));
    }

    @ParameterizedTest
    @CsvSource({ "-1,1,2,0", "5,1,2,0", "1,5,0.5,0", "1,5,2,1.5", "1,5,NaN,0", "1,5,2,-0.1" })
    void valuesOutOfRangeAreRefusedByName(int delay, int maximum, double multiplier, double jitter) {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(delay), Duration.ofSeconds(maximum), multiplier,
                jitter))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("reconnect");
    }
}
