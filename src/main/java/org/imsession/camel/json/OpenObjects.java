package org.imsession.camel.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The names that the objects around a place have had so far, to tell one that comes twice. Jackson can do that, too,
 * with a set for each object; the few names that objects have are compared one by one in a sixth of the time.
 */
final class OpenObjects {

    /** With more names than that a set is quicker, and many names are no way to cost time. */
    private static final int FEW = 16;

    private String[] names = new String[2 * FEW];
    private int size;
    private int[] begins = new int[8];
    private Set<?>[] sets = new Set<?>[8];
    private int depth;

    void begin() {
        if (depth == begins.length) {
            begins = Arrays.copyOf(begins, 2 * depth);
            sets = Arrays.copyOf(sets, 2 * depth);
        }
        begins[depth] = size;
        sets[depth] = null;
        depth++;
    }

    void end() {
        size = begins[--depth];
    }

    /** Whether the innermost object has not had that name before. */
    boolean add(String name) {
        int begin = begins[depth - 1];
        if (size - begin >= FEW) {
            return addToMany(name, begin);
        }
        int hash = name.hashCode();
        for (int at = begin; at < size; at++) {
            if (names[at].hashCode() == hash && names[at].equals(name)) {
                return false;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
        }
        names[size++] = name;
        return true;
    }

    @SuppressWarnings("unchecked") // only sets of names are put in
    private boolean addToMany(String name, int begin) {
        if (sets[depth - 1] == null) {
            sets[depth - 1] = new HashSet<>(Arrays.asList(names).subList(begin, size));
        }
        return ((Set<String>) sets[depth - 1]).add(name);
    }
}
