package org.imsession.simulator.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The settings of a simulated server, immutable; each {@code with...} method gives a changed copy.
 *
 * @param switches              the switches that are on
 * @param timeout               how long a {@code /meta/connect} is held
 * @param interval              how long a client is told to wait between two of them
 * @param maxInterval           how long a session without one lives on
 * @param maxSessionsPerBrowser how many sessions with the same {@code BAYEUX_BROWSER} cookie may be held at once,
 *                              -1 for any number
 * @param wrongPassword         the answer to a wrong password or token (not known of real servers)
 * @param port                  the port on 127.0.0.1, 0 for a free one
 * @param recordedRequests      how many requests the record keeps; its counters go on
 */
public record GwsSettings(Set<GwsSwitch> switches, Duration timeout, Duration interval, Duration maxInterval,
                          int maxSessionsPerBrowser, Refusal wrongPassword, int port, int recordedRequests) {

    public GwsSettings {
        EnumSet<GwsSwitch> copy = EnumSet.noneOf(GwsSwitch.class);
        copy.addAll(switches);
        switches = Collections.unmodifiableSet(copy);
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(maxInterval, "maxInterval");
        Objects.requireNonNull(wrongPassword, "wrongPassword");
    }

    /**
     * CometD's own defaults (timeout 30 s, interval 0, maxInterval 10 s, one session per browser), every switch as it
     * is by default, a free port.
     *
     * @return the default settings
     */
    public static GwsSettings defaults() {
        EnumSet<GwsSwitch> on = EnumSet.allOf(GwsSwitch.class);
        on.removeIf(each -> !each.onByDefault());
        return new GwsSettings(on, Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(10), 1,
                Refusal.ACCESS_DENIED, 0, 20_000);
    }

    /**
     * Whether a switch is on.
     *
     * @param which the switch
     * @return true when it is on
     */
    public boolean has(GwsSwitch which) {
        return switches.contains(which);
    }

    /**
     * Turns switches on.
     *
     * @param more the switches
     * @return a changed copy
     */
    public GwsSettings with(GwsSwitch... more) {
        EnumSet<GwsSwitch> on = EnumSet.noneOf(GwsSwitch.class);
        on.addAll(switches);
        Collections.addAll(on, more);
        return withSwitches(on);
    }

    /**
     * Turns switches off.
     *
     * @param fewer the switches
     * @return a changed copy
     */
    public GwsSettings without(GwsSwitch... fewer) {
        EnumSet<GwsSwitch> on = EnumSet.noneOf(GwsSwitch.class);
        on.addAll(switches);
        Set.of(fewer).forEach(on::remove);
        return withSwitches(on);
    }

    private GwsSettings withSwitches(Set<GwsSwitch> on) {
        return new GwsSettings(on, timeout, interval, maxInterval, maxSessionsPerBrowser, wrongPassword, port,
                recordedRequests);
    }

    /**
     * Sets how long a {@code /meta/connect} is held. Read at start.
     *
     * @param value the time
     * @return a changed copy
     */
    public GwsSettings withTimeout(Duration value) {
        return new GwsSettings(switches, value, interval, maxInterval, maxSessionsPerBrowser, wrongPassword, port,
                recordedRequests);
    }

    /**
     * Sets the advised time between two {@code /meta/connect}. Read at start.
     *
     * @param value the time
     * @return a changed copy
     */
    public GwsSettings withInterval(Duration value) {
        return new GwsSettings(switches, timeout, value, maxInterval, maxSessionsPerBrowser, wrongPassword, port,
                recordedRequests);
    }

    /**
     * Sets how long a session without {@code /meta/connect} lives on. Read at start.
     *
     * @param value the time
     * @return a changed copy
     */
    public GwsSettings withMaxInterval(Duration value) {
        return new GwsSettings(switches, timeout, interval, value, maxSessionsPerBrowser, wrongPassword, port,
                recordedRequests);
    }

    /**
     * Sets how many sessions of one browser may be held at once. Read at start.
     *
     * @param value the number, -1 for any
     * @return a changed copy
     */
    public GwsSettings withMaxSessionsPerBrowser(int value) {
        return new GwsSettings(switches, timeout, interval, maxInterval, value, wrongPassword, port,
                recordedRequests);
    }

    /**
     * Sets the answer to a wrong password or token.
     *
     * @param value the answer
     * @return a changed copy
     */
    public GwsSettings withWrongPassword(Refusal value) {
        return new GwsSettings(switches, timeout, interval, maxInterval, maxSessionsPerBrowser, value, port,
                recordedRequests);
    }

    /**
     * Sets the port. Read at the first start.
     *
     * @param value the port on 127.0.0.1, 0 for a free one
     * @return a changed copy
     */
    public GwsSettings withPort(int value) {
        return new GwsSettings(switches, timeout, interval, maxInterval, maxSessionsPerBrowser, wrongPassword, value,
                recordedRequests);
    }

    /**
     * Sets how many requests the record keeps.
     *
     * @param value the number, 0 to keep the counters only
     * @return a changed copy
     */
    public GwsSettings withRecordedRequests(int value) {
        return new GwsSettings(switches, timeout, interval, maxInterval, maxSessionsPerBrowser, wrongPassword, port,
                value);
    }
}
