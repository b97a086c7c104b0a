package org.imsession.camel.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** JSON values: deep, unmodifiable, order-keeping copies, in which {@code null} stays, and a time found in them. */
final class Values {

    /** With more names than that, hashing is quicker. */
    private static final int FEW = 16;

    private Values() {
    }

    static Map<String, Object> copy(Map<String, ?> map) {
        Map<String, Object> few = few(map);
        if (few != null) {
            return few;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    /** {@code metrics.eventProcessing.serverGenerationTimestamp} or, one level up, {@code metrics}' own; epoch ms. */
    static Optional<Instant> serverTime(Map<String, Object> data) {
        if (!(data.get("metrics") instanceof Map<?, ?> metrics)) {
            return Optional.empty();
        }
        Map<?, ?> holder = metrics.get("eventProcessing") instanceof Map<?, ?> inner ? inner : metrics;
        Object time = holder.get("serverGenerationTimestamp");
        boolean positive = (time instanceof Long || time instanceof Integer) && ((Number) time).longValue() > 0;
        return positive ? Optional.of(Instant.ofEpochMilli(((Number) time).longValue())) : Optional.empty();
    }

    private static Object copyOf(Object value) {
        if (value instanceof String || value instanceof Number) { // told quicker than an interface
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> few = few(map);
            if (few != null) {
                return few;
            }
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), copyOf(inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(inner -> copy.add(copyOf(inner)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    /** The copy of a map of few members; {@code null} if it has many, or names that are no texts or may be equal. */
    private static Map<String, Object> few(Map<?, ?> map) {
        if (map instanceof FewValues few) {
            return few; // a copy already
        }
        int number = map.size();
        if (number == 0) {
            return Map.of();
        }
        if (number > FEW || map instanceof IdentityHashMap) {
            return null;
        }
        Copy copy = new Copy(number);
        map.forEach(copy);
        return copy.whole && copy.size == copy.members.length ? new FewValues(copy.members) : null;
    }

    /** Takes the members of a map of texts; by forEach, which makes no objects of what lies in an array. */
    private static final class Copy implements BiConsumer<Object, Object> {

        private final Object[] members;
        private int size;
        private boolean whole = true;

        Copy(int number) {
            members = new Object[2 * number];
        }

        @Override
        public void accept(Object name, Object value) {
            whole &= name instanceof String && size < members.length;
            if (whole) {
                members[size++] = name;
                members[size++] = copyOf(value);
            }
        }
    }
}
