package org.imsession.camel.gws;

import java.util.Optional;

/**
 * Finds out whether something in front of the server, a proxy or a load balancer, cuts answers after a fixed time or at a
 * fixed size: three cuts in a row agree. Answers that end well below that point say nothing against it, for such a
 * gateway lets them pass; one that lived longer and brought more does. Safe for use by several threads.
 */
public final class CutAnswers {

    private static final int CUTS = 3;
    /** So many whole answers without a cut between them, and it is no longer said. */
    private static final int WHOLE = 3;
    /** Cuts agree within an eighth; shorter than a second and smaller than a head, everything would. */
    private static final int PART = 8;
    private static final long LEAST_MILLIS = 1000;
    private static final long LEAST_BYTES = 512;

    private static final long[] NONE = {};

    // made by the first cut, which hardly any agent ever sees
    private long[] millis = NONE;
    private long[] bytes = NONE;
    private int cuts;
    private int wholeInARow;
    private boolean byBytes;
    private boolean byTime;

    /**
     * An answer was cut.
     *
     * @param afterMillis how long after its request had left
     * @param afterBytes  how much of its body had come, unpacked
     */
    public synchronized void cut(long afterMillis, long afterBytes) {
        if (cuts == 0) {
            millis = new long[CUTS];
            bytes = new long[CUTS];
        }
        int place = cuts++ % CUTS;
        millis[place] = afterMillis;
        bytes[place] = afterBytes;
        wholeInARow = 0;
        byBytes = cuts >= CUTS && agreed(bytes, LEAST_BYTES);
        byTime = cuts >= CUTS && agreed(millis, LEAST_MILLIS);
    }

    /** An answer came whole. */
    public synchronized void whole(long afterMillis, long afterBytes) {
        wholeInARow++;
        byBytes &= afterBytes <= largest(bytes);
        byTime &= afterMillis <= largest(millis);
    }

    /** What to tell an operator, if answers are cut. */
    public synchronized Optional<String> finding() {
        if (!byBytes && !byTime || wholeInARow >= WHOLE) {
            return Optional.empty();
        }
        return Optional.of("something in front cuts answers after "
                + (byTime ? Math.round(largest(millis) / 1000.0) + " s" : "") + (byTime && byBytes ? " / " : "")
                + (byBytes ? largest(bytes) + " bytes" : "")
                + "; look at the limits of the proxies, gateways and load balancers in between");
    }

    private long largest(long[] values) {
        long largest = 0;
        for (int i = 0; i < Math.min(cuts, CUTS); i++) {
            largest = Math.max(largest, values[i]);
        }
        return largest;
    }

    private boolean agreed(long[] values, long least) {
        long largest = largest(values);
        for (long each : values) {
            if (each < least || largest - each > largest / PART) {
                return false;
            }
        }
        return true;
    }
}
