package org.imsession.camel.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON values: deep, unmodifiable, order-keeping copies, in which {@code null} stays, and a time found in them. */
final class Values {

    private Values() {
    }

    static Map<String, Object> copy(Map<String, ?> map) {
        if (map.isEmpty()) {
            return Map.of();
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
        if (value instanceof Map<?, ?> map) {
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
}
