package org.imsession.camel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody reads nanoseconds, PT2H5M, or 900000 in the night. */
class ForPeopleTest {

    @ParameterizedTest
    @CsvSource({ "PT0S, 0 s", "PT0.000000001S, 0 s", "PT0.25S, 0.25 s", "PT1.5S, 1.5 s", "PT45S, 45 s",
            "PT59.999S, 59.999 s", "PT60S, 1 min", "PT60.5S, 1 min", "PT90S, 1 min 30 s", "PT15M, 15 min",
            "PT1H, 1 h", "PT1H59S, 1 h", "PT2H5M7S, 2 h 5 min", "PT24H, 1 d", "PT75H30M, 3 d 3 h" })
    void aDurationIsItsTwoLargestUnits(Duration duration, String text) {
        assertThat(ForPeople.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({ "2026-11-29T13:02:10.123456789Z, 14:02 (2 h 5 min)", "2026-11-29T15:07:10.5Z, 16:07 (0 s)",
            "2026-11-28T23:00:00Z, 00:00 (16 h 7 min)", "2026-11-28T22:59:00Z, 2026-11-28 23:59 (16 h 8 min)",
            "2026-11-29T15:07:30Z, 16:07 (0 s)" })
    void sinceIsTheTimeOfDayHereAndForHowLong(Instant since, String text) {
        assertThat(ForPeople.since(since, Instant.parse("2026-11-29T15:07:11Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo(text);
    }
}
