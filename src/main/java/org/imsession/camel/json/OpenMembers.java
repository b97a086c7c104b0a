package org.imsession.camel.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of the objects around a place, so far: their names, to tell one that comes twice, and the values of those
 * that are kept as they are. All lie on one stack, from which an object takes its own at its end. Names are compared
 * only where their hashes meet; a set for each object takes many times that.
 */
final class OpenMembers {

    /** With more names than that a set is quicker, and many names are no way to cost time. */
    private static final int FEW = 16;
    private static final int DEEP = 6;
    private static final Object NOT_KEPT = new Object();

    /** Name, value, name, value. */
    private Object[] members = new Object[2 * FEW];
    private int size;
    private int[] begins = new int[DEEP];
    /** By depth, a bit for each name that there is, and perhaps for others. */
    private long[] hashes = new long[DEEP];
    /** By depth; there is none as long as no object has many names. */
    private Names[] sets;
    private int depth;

    void begin() {
        if (depth == begins.length) {
            begins = Arrays.copyOf(begins, 2 * depth);
            hashes = Arrays.copyOf(hashes, 2 * depth);
        }
        hashes[depth] = 0;
        begins[depth++] = size;
    }

    /** The kept members of the innermost object, which is left, in order; not to be changed. */
    Map<String, Object> end() {
        int begin = begins[--depth];
        int end = size;
        size = begin;
        if (sets != null && sets.length > depth) {
            sets[depth] = null;
        }
        int kept = 0;
        for (int at = begin; at < end; at += 2) {
            kept += members[at + 1] == NOT_KEPT ? 0 : 1;
        }
        if (kept == 0) {
            return Map.of();
        }
        return kept > FEW ? many(begin, end) : new FewMembers(few(begin, end, kept));
    }

    private Object[] few(int begin, int end, int kept) {
        if (2 * kept == end - begin) {
            return Arrays.copyOfRange(members, begin, end);
        }
        Object[] few = new Object[2 * kept];
        int to = 0;
        for (int at = begin; at < end; at += 2) {
            if (members[at + 1] != NOT_KEPT) {
                few[to++] = members[at];
                few[to++] = members[at + 1];
            }
        }
        return few;
    }

    private Map<String, Object> many(int begin, int end) {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int at = begin; at < end; at += 2) {
            if (members[at + 1] != NOT_KEPT) {
                many.put((String) members[at], members[at + 1]);
            }
        }
        return many;
    }

    /** Begins a member, unless the innermost object has had one of that name before. */
    boolean add(String name) {
        long bit = 1L << name.hashCode();
        if ((hashes[depth - 1] & bit) != 0 && isThere(name)) {
            return false;
        }
        hashes[depth - 1] |= bit;
        if (size == members.length) {
            members = Arrays.copyOf(members, 2 * size);
        }
        members[size] = name;
        members[size + 1] = NOT_KEPT;
        size += 2;
        return true;
    }

    /** Asked where a name of the same hash may be there: seldom, unless there are many. */
    private boolean isThere(String name) {
        int begin = begins[depth - 1];
        if (size - begin >= 2 * FEW) {
            return isAmongMany(name, begin);
        }
        for (int at = begin; at < size; at += 2) {
            if (members[at].equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the value of the last member that was begun. */
    void keep(Object value) {
        members[size - 1] = value;
    }

    /** In the set, to which those are added first that came since it was asked. */
    private boolean isAmongMany(String name, int begin) {
        if (sets == null || sets.length < depth) {
            sets = sets == null ? new Names[depth] : Arrays.copyOf(sets, depth);
        }
        Names names = sets[depth - 1];
        if (names == null) {
            names = new Names(begin);
            sets[depth - 1] = names;
        }
        for (; names.upTo < size; names.upTo += 2) {
            names.add((String) members[names.upTo]);
        }
        return names.contains(name);
    }

    private static final class Names extends HashSet<String> {

        private static final long serialVersionUID = 1L;
        private int upTo;

        Names(int begin) {
            upTo = begin;
        }
    }
}
