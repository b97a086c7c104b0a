package org.imsession.camel.bayeux;

/**
 * The numbers by which a server counts what it has sent in one session, and which of them can be right. Guarded by the
 * lock of its {@link AckLedger}.
 */
final class BatchNumbers {

    /** So many batch numbers in a row that cannot be right are no accident. */
    private static final int INCREDIBLE_BEFORE_GIVING_UP = 5;

    private long last;
    private long sent;
    private long first = -1;
    private int incredible;
    private boolean restarted;

    /** The session is one that another process, or an earlier start, has brought so far. */
    void resume(long batch) {
        last = batch;
        sent = 1; // the last connect of the process before may come late
    }

    /** The number of the connect that is about to leave. */
    long next() {
        return ++sent;
    }

    /** The highest one that closed a batch. */
    long last() {
        return last;
    }

    /**
     * One has come.
     *
     * @param batch the number, negative if none did
     * @param after the highest one that had come before the request left which is answered
     * @return whether it can be right
     */
    boolean take(long batch, long after) {
        boolean credible = isCredible(batch);
        incredible = credible ? 0 : incredible + 1;
        restarted |= batch >= 0 && batch < after;
        return credible;
    }

    /**
     * A server ends one batch with each {@code /meta/connect} that reaches it, answered or not and in whatever order,
     * so since the first number it cannot have ended more than the connects that have been sent since. Acknowledged all
     * the same, a number that is too high would have it forget events that it never sent. The first number of a
     * session, or after a resumption, cannot be judged: it says what the others are counted from.
     */
    private boolean isCredible(long batch) {
        return batch <= last || first < 0 || batch - first < sent;
    }

    /**
     * A batch ends.
     *
     * @param handshake whether it came with the answer to the handshake, which has ended one, too
     */
    void close(long batch, boolean handshake) {
        if (first < 0) {
            first = batch;
            sent += handshake ? 1 : 0;
        }
        last = batch;
    }

    /**
     * Whether a number has come that is lower than one before it, although the request that it answers left only after
     * that one had come. So the server has begun anew, without what it kept, and an acknowledgement by the old numbers
     * would have it forget what it is going to keep.
     */
    boolean isRestarted() {
        return restarted;
    }

    /** How far the server has counted since its first number. */
    long counted() {
        return first < 0 ? 0 : last - first;
    }

    /** Whether the server has counted too high so often that it will go on to; nothing was acknowledged by it. */
    boolean isMiscounted() {
        return incredible >= INCREDIBLE_BEFORE_GIVING_UP;
    }
}
