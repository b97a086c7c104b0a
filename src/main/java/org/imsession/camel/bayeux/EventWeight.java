package org.imsession.camel.bayeux;

import org.imsession.camel.json.JsonBytes;

/**
 * How much memory an event needs until it has ended, estimated from its JSON without decoding it: its bytes, its text
 * (two bytes for a character once there is one beyond Latin-1) and the texts in it, and what lists and maps cost, which
 * is many times what they take on the wire.
 */
final class EventWeight {

    /** The records, queue entries and closures through which an event passes. */
    private static final int EACH = 1000;
    private static final int BYTE = 5;
    /** Measured on a JVM of 64 bits with compressed pointers: an empty map and its entry, an entry, an element. */
    static final int CONTAINER = 160;
    static final int MEMBER = 128;
    static final int ELEMENT = 48;

    private EventWeight() {
    }

    /** @return in bytes */
    static long of(byte[] json) {
        long load = 0;
        int at = 0;
        while (at < json.length) {
            switch (json[at]) {
                case '"' -> {
                    int end = JsonBytes.textEnd(json, at + 1);
                    at = end < 0 ? json.length : end;
                }
                case '{', '[' -> load += CONTAINER;
                case ':' -> load += MEMBER;
                case ',' -> load += ELEMENT;
                default -> { }
            }
            at++;
        }
        return of(load, json.length);
    }

    /**
     * Of an event that has been looked at.
     *
     * @param load   the sum of what its lists and maps, their members and elements cost
     * @param length of its JSON
     */
    static long of(long load, int length) {
        return EACH + (long) BYTE * length + load;
    }
}
