package org.imsession.karaf;

import java.util.Locale;

/** Tells on the console how long each step took, and how many bundles there are afterwards. */
final class StopWatch {

    private static final double NANOS_PER_SECOND = 1e9;

    private long since = System.nanoTime();

    void tell(String step, Karaf karaf) throws Exception {
        long now = System.nanoTime();
        System.out.printf(Locale.ROOT, "%-24s %5.1f s, %d bundles%n", step, (now - since) / NANOS_PER_SECOND,
                karaf.console().bundles().size());
        since = System.nanoTime();
    }
}
