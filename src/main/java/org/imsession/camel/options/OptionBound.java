package org.imsession.camel.options;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imsession.camel.model.LogText;

/**
 * The least and the greatest value of a whole number or a duration, from which messages, the reference in the manual
 * and tests come. Camel reads a text that is no number as 0, and a delay of 0 overruns a server: so texts are read here.
 *
 * @param option   its name
 * @param duration whether it is a duration, in milliseconds, or a number
 * @param least    the floor, inclusive
 * @param greatest the ceiling, inclusive
 * @param value    its value now
 */
public record OptionBound(String option, boolean duration, long least, long greatest, long value) {

    public static final long SECOND = 1000;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;
    public static final int MIB = 1024 * 1024;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DURATION = Pattern.compile("(?=[0-9])(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?"
            + "(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,15})ms)?");
    private static final long[] UNITS = { DAY, HOUR, MINUTE, SECOND, 1 };
    private static final String[] UNIT_NAMES = { "d", "h", "m", "s", "ms" };

    /** That of a whole number. */
    public static OptionBound number(String option, long least, long greatest, long value) {
        return new OptionBound(option, false, least, greatest, value);
    }

    /** That of a duration, in milliseconds. */
    public static OptionBound time(String option, long least, long greatest, long value) {
        return new OptionBound(option, true, least, greatest, value);
    }

    /**
     * Looks at the value, however it was set.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    public void check() {
        within(value, String.valueOf(value));
    }

    /**
     * Reads a text, with or without blanks around it.
     *
     * @return an {@code Integer}, or a {@link Duration}
     * @throws IllegalArgumentException if it is none, or out of bounds
     */
    public Object read(String text) {
        BigInteger number = duration ? millis(text.strip()) : NUMBER.matcher(text.strip()).matches()
                ? new BigInteger(text.strip()) : null;
        if (number == null) {
            throw refused(text, "cannot be read");
        }
        long read = within(number.bitLength() > 63 ? Long.MAX_VALUE : number.longValue(), text);
        return duration ? Duration.ofMillis(read) : (Object) (int) read;
    }

    private static BigInteger millis(String text) {
        if (NUMBER.matcher(text).matches()) {
            return new BigInteger(text);
        }
        if (text.startsWith("P") || text.startsWith("p")) {
            try {
                return BigInteger.valueOf(Duration.parse(text).toMillis());
            } catch (DateTimeException | ArithmeticException e) {
                return null;
            }
        }
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            if (parts.group(i + 1) != null) {
                sum = sum.add(new BigInteger(parts.group(i + 1)).multiply(BigInteger.valueOf(UNITS[i])));
            }
        }
        return sum;
    }

    private long within(long number, String text) {
        if (number < least || number > greatest) {
            throw refused(text, "is out of bounds");
        }
        return number;
    }

    private IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(option + "=" + LogText.escape(text) + " " + why + "; give " + form());
    }

    /** What may be given, in words. */
    public String form() {
        return duration ? "a duration from " + written(least) + " to " + written(greatest)
                + ", such as 5s, 1m30s, or 5000 for milliseconds"
                : "a whole number from " + least + " to " + greatest;
    }

    /** A value as the reference shows it. */
    public String written(long number) {
        if (!duration) {
            return String.valueOf(number);
        }
        int unit = 0;
        while (number % UNITS[unit] != 0) {
            unit++;
        }
        return number / UNITS[unit] + UNIT_NAMES[unit];
    }
}
