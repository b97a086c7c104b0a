package org.imsession.camel.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a text ends in the bytes of a JSON, eight at a time: most bytes of a message are in texts, and pass here
 * several times, to split an answer, to weigh an event, and to read it.
 */
public final class JsonBytes {

    static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private JsonBytes() {
    }

    /**
     * The first place from there on at which a text may end: that of a quotation mark, a backslash or a control
     * character.
     *
     * @return the length of the bytes if there is none
     */
    public static int textStop(byte[] json, int from) {
        int at = from;
        for (; at <= json.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(json, at);
            long stops = (zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | eight - BLANKS & ~eight) & HIGHS;
            if (stops != 0) { // a wrong one can only stand behind a right one
                return at + (Long.numberOfTrailingZeros(stops) >> 3);
            }
        }
        while (at < json.length && json[at] != '"' && json[at] != '\\' && (json[at] >= ' ' || json[at] < 0)) {
            at++;
        }
        return at;
    }

    private static long zeros(long eight) {
        return eight - ONES & ~eight;
    }

    /**
     * The quotation mark that closes a text.
     *
     * @param from an index within the text, or on its closing mark
     * @return negative if the bytes end before
     */
    public static int textEnd(byte[] json, int from) {
        int at = textStop(json, from);
        while (at < json.length && json[at] != '"') {
            at = textStop(json, json[at] == '\\' ? Math.min(at + 2, json.length) : at + 1);
        }
        return at < json.length ? at : -1;
    }
}
