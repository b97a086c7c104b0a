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
            places[place(json, 0, name.length())] = new Known(Arrays.copyOf(json, name.length()), name);
        });
    }

    private record Known(byte[] bytes, String name) {
    }

    /**
     * The name that stands in those bytes.
     *
     * @param json at least eight bytes longer than {@code from}
     */
    String name(byte[] json, int from, int to) {
        int place = place(json, from, to);
        Known known = places[place];
        if (known != null && Arrays.equals(json, from, to, known.bytes, 0, known.bytes.length)) {
            return known.name;
        }
        String name = new String(json, from, to - from, StandardCharsets.UTF_8);
        places[place] = new Known(Arrays.copyOfRange(json, from, to), name);
        return name;
    }

    private static int place(byte[] json, int from, int to) {
        int length = to - from;
        long first = (long) JsonBytes.EIGHT.get(json, from);
        long hash = length < Long.BYTES ? first & (1L << 8 * length) - 1
                : first * MIX + (long) JsonBytes.EIGHT.get(json, to - Long.BYTES);
        return (int) ((hash + length) * MIX >>> 55);
    }
}
