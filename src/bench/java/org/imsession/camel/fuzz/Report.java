package org.imsession.camel.fuzz;

/**
 * How the process with the small heap is.
 *
 * @param live      how many agents are live
 * @param marked    how many agents got the event that is sent to each at the end
 * @param exchanges how many exchanges there were
 * @param peakBytes the most that the heap has held, with garbage
 * @param held      what the answers and their events hold by their own count, in bytes
 */
record Report(int live, int marked, long exchanges, long peakBytes, long held) {

    static final Report NONE = new Report(0, 0, 0, 0, 0);
    private static final String PREFIX = "REPORT ";

    String line() {
        return PREFIX + live + " " + marked + " " + exchanges + " " + peakBytes + " " + held;
    }

    static boolean isLine(String line) {
        return line.startsWith(PREFIX);
    }

    static Report parse(String line) {
        String[] fields = line.substring(PREFIX.length()).split(" ");
        return new Report(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), Long.parseLong(fields[2]),
                Long.parseLong(fields[3]), Long.parseLong(fields[4]));
    }

    @Override
    public String toString() {
        return live + " agents live, " + exchanges + " exchanges, peak heap " + (peakBytes >> 20) + " MiB, answers hold "
                + (held >> 10) + " KiB";
    }
}
