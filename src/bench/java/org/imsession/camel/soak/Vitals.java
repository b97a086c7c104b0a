package org.imsession.camel.soak;

import java.lang.management.ManagementFactory;

/**
 * What a process needs.
 *
 * @param heapKiB     the heap in use after a collection
 * @param threads     live threads
 * @param descriptors open file descriptors
 */
record Vitals(long heapKiB, int threads, long descriptors) {

    private static final String PREFIX = "VITALS ";

    /** Those of this process. */
    static Vitals take() {
        System.gc();
        long descriptors = ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : -1;
        return new Vitals(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024,
                ManagementFactory.getThreadMXBean().getThreadCount(), descriptors);
    }

    String line() {
        return PREFIX + heapKiB + " " + threads + " " + descriptors;
    }

    static boolean isLine(String line) {
        return line.startsWith(PREFIX);
    }

    static Vitals parse(String line) {
        String[] fields = line.substring(PREFIX.length()).split(" ");
        return new Vitals(Long.parseLong(fields[0]), Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
    }

    @Override
    public String toString() {
        return "heap " + heapKiB / 1024 + "." + heapKiB % 1024 * 10 / 1024 + " MiB, " + threads + " threads, "
                + descriptors + " descriptors";
    }
}
