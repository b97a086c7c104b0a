package org.imsession.camel.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of an object that has been read, with a {@link Rejection} for those that are not as they should be.
 *
 * @param values the members by name
 */
record ObjectMembers(Map<String, Object> values) {

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value, null if it is null or missing. */
    Object value(String name) {
        return values.get(name);
    }

    /** The text, empty if it is null or missing. */
    String text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw mismatch(name, "text");
    }

    /** All other members, in their order. */
    Map<String, Object> without(List<String> names) {
        if (values instanceof FewMembers few) {
            return few.without(names);
        }
        Map<String, Object> other = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (!names.contains(name)) {
                other.put(name, value);
            }
        });
        return other;
    }

    Rejection mismatch(String name, String expected) {
        Object value = values.get(name);
        if (value == null) {
            return Rejection.at(name, "missing");
        }
        String found = value instanceof Map ? "an object"
                : value instanceof List ? "an array"
                : value instanceof Number ? "a number"
                : value instanceof Boolean ? "true or false" : "text";
        return Rejection.at(name, "expected " + expected + ", found " + found);
    }
}
