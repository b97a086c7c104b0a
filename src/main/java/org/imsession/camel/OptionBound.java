package org.imsession.camel;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imsession.camel.model.LogText;

/**
 * The least and the greatest value of a whole number or a duration, from which messages, the reference in the README
 * and tests come. Camel reads a text that is no number as 0, and a delay of 0 overruns a server: so texts are read here.
 *
 * @param <T>      whose option it is
 * @param option   its name
 * @param duration whether it is a duration, in milliseconds, or a number
 * @param least    the floor, inclusive
 * @param greatest the ceiling, inclusive
 * @param value    its value now
 */
record OptionBound<T>(String option, boolean duration, long least, long greatest, ToLongFunction<T> value) {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final int MIB = 1024 * 1024;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DURATION = Pattern.compile("(?=[0-9])(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?"
            + "(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,15})ms)?");
    private static final long[] UNITS = { DAY, HOUR, MINUTE, SECOND, 1 };
    private static final String[] UNIT_NAMES = { "d", "h", "m", "s", "ms" };

    /** Those of an endpoint. */
    static final List<OptionBound<IMSessionConfiguration>> ENDPOINT = List.of(
            number("maxPending", 1, 1_000_000, IMSessionConfiguration::getMaxPending),
            number("maxMessageSize", 64, 1024 * MIB, IMSessionConfiguration::getMaxMessageSize),
            number("maxNestingDepth", 4, 1000, IMSessionConfiguration::getMaxNestingDepth),
            number("maxTextLength", 1, 1024 * MIB, IMSessionConfiguration::getMaxTextLength),
            number("maxMembers", 1, 10_000_000, IMSessionConfiguration::getMaxMembers),
            number("minLiveAgents", 1, 100, IMSessionConfiguration::getMinLiveAgents),
            number("healthNames", 0, 1000, IMSessionConfiguration::getHealthNames),
            number("proxyPort", 1, 65_535, c -> c.getProxyHost() == null && c.getProxyPort() == 0
                    ? 1 : c.getProxyPort()),
            time("keepAlive", 10, 5 * MINUTE, IMSessionConfiguration::getKeepAlive),
            time("connectTimeout", 100, 10 * MINUTE, IMSessionConfiguration::getConnectTimeout),
            time("requestTimeout", 100, 10 * MINUTE, IMSessionConfiguration::getRequestTimeout),
            time("answerTimeout", SECOND, DAY, IMSessionConfiguration::getAnswerTimeout),
            time("reconnectDelay", 50, HOUR, IMSessionConfiguration::getReconnectDelay),
            time("reconnectDelayMax", 50, DAY, IMSessionConfiguration::getReconnectDelayMax),
            time("parkedRetryInterval", SECOND, 7 * DAY, IMSessionConfiguration::getParkedRetryInterval),
            time("stopTimeout", 1, 10 * MINUTE, IMSessionConfiguration::getStopTimeout),
            time("agentsCheckInterval", 100, DAY, IMSessionConfiguration::getAgentsCheckInterval),
            time("waitTimeout", 1, DAY, IMSessionConfiguration::getWaitTimeout));

    /** Those that only the component has. */
    static final List<OptionBound<IMSessionComponent>> COMPONENT = List.of(
            new OptionBound<>("workerThreads", false, 1, 10_000, IMSessionComponent::getWorkerThreads),
            new OptionBound<>("loginsPerSecond", false, 1, 100_000, IMSessionComponent::getLoginsPerSecond),
            new OptionBound<>("concurrentLogins", false, 1, 100_000, IMSessionComponent::getConcurrentLogins));

    private static OptionBound<IMSessionConfiguration> number(String option, long least, long greatest,
                                                              ToLongFunction<IMSessionConfiguration> value) {
        return new OptionBound<>(option, false, least, greatest, value);
    }

    private static OptionBound<IMSessionConfiguration> time(String option, long least, long greatest,
                                                            ToLongFunction<IMSessionConfiguration> value) {
        return new OptionBound<>(option, true, least, greatest, value);
    }

    /** That of an option, however the letters of its name are cased. */
    static Optional<OptionBound<?>> of(String option) {
        return Stream.<OptionBound<?>>concat(ENDPOINT.stream(), COMPONENT.stream())
                .filter(bound -> bound.option.equalsIgnoreCase(option)).findFirst();
    }

    /**
     * Looks at the value, however it was set.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    void check(T owner) {
        within(value.applyAsLong(owner), String.valueOf(value.applyAsLong(owner)));
    }

    /**
     * Reads a text, with or without blanks around it.
     *
     * @return an {@code Integer}, or a {@link Duration}
     * @throws IllegalArgumentException if it is none, or out of bounds
     */
    Object read(String text) {
        BigInteger number = duration ? millis(text.strip()) : NUMBER.matcher(text.strip()).matches()
                ? new BigInteger(text.strip()) : null;
        if (number == null) {
            throw refused(text, "cannot be read");
        }
        long value = within(number.bitLength() > 63 ? Long.MAX_VALUE : number.longValue(), text);
        return duration ? Duration.ofMillis(value) : (Object) (int) value;
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
    String form() {
        return duration ? "a duration from " + written(least) + " to " + written(greatest)
                + ", such as 5s, 1m30s, or 5000 for milliseconds"
                : "a whole number from " + least + " to " + greatest;
    }

    /** A value as the reference shows it. */
    String written(long number) {
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
