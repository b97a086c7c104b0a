package org.imsession.simulator.fault;

import java.time.Duration;

/**
 * How an answer is put on the wire.
 *
 * @param delay  how long nothing is sent
 * @param slice  how many bytes of the body are sent at once
 * @param pause  the time between two slices
 * @param limit  after how many bytes of the body the answer ends; {@link #NOTHING}: not even the status line is sent
 * @param ending how it ends
 */
public record Delivery(Duration delay, int slice, Duration pause, int limit, Ending ending) {

    /** As a limit: no byte at all, not of the headers either. */
    public static final int NOTHING = -1;

    /** At once, as a whole. */
    public static final Delivery NORMAL =
            new Delivery(Duration.ZERO, Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE, Ending.COMPLETE);

    /** How an answer ends. */
    public enum Ending {
        /** As HTTP wants it. */
        COMPLETE,
        /** The connection is closed (FIN), whatever is missing. */
        CLOSE,
        /** The connection is reset (RST), whatever is missing. */
        RESET
    }

    Delivery after(Duration time) {
        return new Delivery(time, slice, pause, limit, ending);
    }

    Delivery sliced(int bytes, Duration time) {
        return new Delivery(delay, bytes, time, limit, ending);
    }

    Delivery cut(int bytes, boolean reset) {
        return new Delivery(delay, slice, pause, bytes, reset ? Ending.RESET : Ending.CLOSE);
    }
}
