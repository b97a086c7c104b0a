package org.imsession.camel.gws;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The {@code Retry-After} header (RFC 9110, 10.2.3): seconds or a date, believed between nothing and one hour. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {
    }

    /**
     * How long to wait.
     *
     * @param value the value of the header, {@code null} if it was not sent
     * @param clock the time that a date is compared with
     * @return the wait, empty if the value is neither a number of seconds nor an HTTP date
     */
    public static Optional<Duration> parse(String value, Clock clock) {
        if (value == null) {
            return Optional.empty(); // as nearly all answers are: to find out by the parser's exception is dear
        }
        String text = value.strip();
        if (text.matches("\\d+")) {
            // more digits than a long can hold mean "very long", too
            return Optional.of(text.length() > 9 ? LONGEST : clamped(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return Optional.of(clamped(Duration.between(clock.instant(), date)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration clamped(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
