package org.imsession.camel.bayeux;

import java.util.Arrays;
import org.imsession.camel.gws.AnswerMemory;

/**
 * The bytes of a message that comes in pieces, up to a limit and as far as there is memory. To be used again; not for use
 * by several threads.
 */
final class MessageBuffer {

    private static final int SMALL = 2048;

    private final int limit;
    private final AnswerMemory.Share memory;
    private byte[] bytes = new byte[SMALL];
    private int size;
    private boolean starved;

    MessageBuffer(int limit, AnswerMemory.Share memory) {
        this.limit = limit;
        this.memory = memory;
    }

    /** Keeps what there is room for. */
    void add(byte[] more, int from, int to) {
        int number = Math.min(to - from, limit - size);
        if (number > 0 && !starved && hasRoom(size + number)) {
            System.arraycopy(more, from, bytes, size, number);
            size += number;
        }
    }

    private boolean hasRoom(int needed) {
        if (needed > bytes.length) {
            int length = (int) Math.max(needed, Math.min(limit, 2L * bytes.length));
            starved = !memory.take(length - bytes.length);
            if (!starved) {
                bytes = Arrays.copyOf(bytes, length);
            }
        }
        return !starved;
    }

    /** Whether bytes were left out because there was no memory for them. */
    boolean isStarved() {
        return starved;
    }

    /** Whether all bytes of a message of that length are kept, and few. */
    boolean holds(long length) {
        return size == length && length <= SMALL;
    }

    /** What was kept, of which nothing is kept any longer. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        release();
        return taken;
    }

    void release() {
        memory.give(bytes.length - SMALL);
        if (bytes.length > SMALL) {
            bytes = new byte[SMALL];
        }
        size = 0;
        starved = false;
    }
}
