package org.imsession.camel.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of members that were seen last, so that the few that messages have are made to text once. What is in it
 * depends on nobody's good will, and is bounded: a name takes the place of another. Safe for use by several threads,
 * which may write over each other, for all that is lost is a name that is made again.
 */
final class KnownNames {

    private static final int PLACES = 512;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Known[] places = new Known[PLACES];

    KnownNames() {
        MemberPath.documented().forEach(name -> {
            byte[] json = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), name.length() + Long.BYTES);
            places[place(json, 0, name.length())] = known(json, 0, name.length(), name);
        });
    }

    /** First and last are all that a name of up to sixteen bytes has, and quicker to compare than its bytes. */
    private record Known(byte[] bytes, long first, long last, String name) {

        boolean is(byte[] json, int from, int to, long itsFirst, long itsLast) {
            return first == itsFirst && last == itsLast && bytes.length == to - from
                    && (bytes.length <= 2 * Long.BYTES || Arrays.equals(json, from, to, bytes, 0, bytes.length));
        }
    }

    private static Known known(byte[] json, int from, int to, String name) {
        return new Known(Arrays.copyOfRange(json, from, to), first(json, from, to), last(json, from, to), name);
    }

    /**
     * The name that stands in those bytes.
     *
     * @param json at least eight bytes longer than {@code from}
     */
    String name(byte[] json, int from, int to) {
        long first = first(json, from, to);
        long last = last(json, from, to);
        int place = place(first, last, to - from);
        Known known = places[place];
        if (known != null && known.is(json, from, to, first, last)) {
            return known.name;
        }
        String name = new String(json, from, to - from, StandardCharsets.UTF_8);
        places[place] = known(json, from, to, name);
        return name;
    }

    /** The first eight bytes; of a shorter name all that it has. */
    private static long first(byte[] json, int from, int to) {
        long first = (long) JsonBytes.EIGHT.get(json, from);
        return to - from < Long.BYTES ? first & (1L << 8 * (to - from)) - 1 : first;
    }

    /** The last eight bytes; nothing of a shorter name. */
    private static long last(byte[] json, int from, int to) {
        return to - from < Long.BYTES ? 0 : (long) JsonBytes.EIGHT.get(json, to - Long.BYTES);
    }

    private static int place(byte[] json, int from, int to) {
        return place(first(json, from, to), last(json, from, to), to - from);
    }

    private static int place(long first, long last, int length) {
        return (int) ((first * MIX + last + length) * MIX >>> 55);
    }
}
