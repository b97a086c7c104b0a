package org.imsession.camel.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times and durations as people read them: the one place that decides how log lines, health and console say them. For
 * programs there is {@link Instant#toString()}. The time of day is that of this machine.
 */
public final class ForPeople {

    private static final int MOST_SECONDS = 60;
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter ANOTHER_DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private ForPeople() {
    }

    /** A duration, in its two largest units: {@code 0.25 s}, {@code 45 s}, {@code 1 min 30 s}, {@code 2 h 5 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < MOST_SECONDS) {
            return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
        }
        return duration.toDays() > 0 ? units(duration.toDays(), " d", duration.toHoursPart(), " h")
                : duration.toHours() > 0 ? units(duration.toHours(), " h", duration.toMinutesPart(), " min")
                : units(duration.toMinutes(), " min", duration.toSecondsPart(), " s");
    }

    private static String units(long large, String largeUnit, int small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** Since when, and for how long by now, in whole seconds: {@code 14:02 (2 h 5 min)}; with the date if not today. */
    public static String since(Instant since, Instant now) {
        return since(since, now, ZoneId.systemDefault());
    }

    /** A moment that is held against the clocks of others, in UTC and whole seconds: {@code 2026-11-29T13:02:11Z}. */
    public static String second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String since(Instant since, Instant now, ZoneId zone) {
        Duration lasts = Duration.ofSeconds(Math.max(0, Duration.between(since, now).toSeconds()));
        boolean today = since.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? TODAY : ANOTHER_DAY).format(since.atZone(zone)) + " (" + duration(lasts) + ")";
    }
}
