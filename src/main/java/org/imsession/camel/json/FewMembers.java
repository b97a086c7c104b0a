package org.imsession.camel.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/** The few members of an object in the order sent, in an array that is searched one by one. Unmodifiable. */
final class FewMembers extends AbstractMap<String, Object> {

    /** Name, value, name, value. */
    private final Object[] members;

    /** @param members name, value, name, value; each name once; not copied */
    FewMembers(Object[] members) {
        this.members = members;
    }

    /** The others, in their order. */
    Map<String, Object> without(List<String> names) {
        Object[] others = new Object[members.length];
        int size = 0;
        for (int at = 0; at < members.length; at += 2) {
            if (!names.contains(members[at])) {
                others[size++] = members[at];
                others[size++] = members[at + 1];
            }
        }
        return size == 0 ? Map.of() : new FewMembers(Arrays.copyOf(others, size));
    }

    @Override
    public int size() {
        return members.length / 2;
    }

    private int valueOf(Object name) {
        for (int at = 0; at < members.length; at += 2) {
            if (members[at].equals(name)) {
                return at + 1;
            }
        }
        return -1;
    }

    @Override
    public boolean containsKey(Object name) {
        return valueOf(name) > 0;
    }

    @Override
    public Object get(Object name) {
        int at = valueOf(name);
        return at < 0 ? null : members[at];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int at = 0; at < members.length; at += 2) {
            action.accept((String) members[at], members[at + 1]);
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return FewMembers.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < members.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return new SimpleImmutableEntry<>((String) members[next - 2], members[next - 1]);
        }
    }
}
