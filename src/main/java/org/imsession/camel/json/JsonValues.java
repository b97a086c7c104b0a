package org.imsession.camel.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a program as plain JSON values: text, numbers, booleans, null, lists, and maps with text as keys. Anything
 * else is refused instead of being written in some form that does not read back.
 */
final class JsonValues {

    /** Deeper than {@link JsonLimits} lets any text be, and the end of a map that contains itself. */
    private static final int MAX_DEPTH = 250;

    private JsonValues() {
    }

    /** A place whose text is made only when somebody is to be told of it. */
    private record Spot(Spot outer, String name, int index) {

        private static final Spot ROOT = new Spot(null, "", -1);

        Spot member(String member) {
            return new Spot(this, member, -1);
        }

        Spot element(int element) {
            return new Spot(this, "", element);
        }

        String text() {
            if (outer == null) {
                return "";
            }
            return index < 0 ? MemberPath.member(outer.text(), name) : MemberPath.element(outer.text(), index);
        }
    }

    /**
     * A deep, changeable copy of an object in its order.
     *
     * @throws Rejection if something in it is no JSON value
     */
    static Map<String, Object> object(Map<?, ?> map) {
        return object(map, Spot.ROOT, 1);
    }

    /** The same for an object of Jackson's. */
    static Map<String, Object> object(JsonNode node) {
        return object(members(node), Spot.ROOT, 1);
    }

    private static Map<String, Object> object(Map<?, ?> map, Spot place, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof CharSequence)) {
                throw Rejection.at(place.text(), "a name that is no text");
            }
            String name = text(member.getKey(), place);
            Object value = member.getValue();
            // nearly all values are texts, for which neither a place need be noted nor the other types be asked about
            object.put(name, isPlain(value, depth) ? value : plain(value, place.member(name), depth));
        }
        return object;
    }

    private static Object plain(Object value, Spot place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new Rejection("nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value instanceof JsonNode node) {
            return plain(ofNode(node, place), place, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, place, depth + 1);
        }
        if (value instanceof Collection<?> elements) {
            List<Object> list = new ArrayList<>(elements.size());
            for (Object element : elements) {
                list.add(isPlain(element, depth + 1) ? element
                        : plain(element, place.element(list.size()), depth + 1));
            }
            return list;
        }
        if (value instanceof CharSequence) {
            return text(value, place);
        }
        if (value == null || value instanceof Boolean || isNumber(value)) {
            return value;
        }
        String problem = value instanceof Number ? " that JSON cannot hold" : " is no JSON value";
        throw Rejection.at(place.text(), "a " + value.getClass().getName() + problem);
    }

    private static boolean isPlain(Object value, int depth) {
        return depth <= MAX_DEPTH && value instanceof String text && WireText.isWellFormed(text);
    }

    private static String text(Object value, Spot place) {
        String text = value.toString();
        if (!WireText.isWellFormed(text)) {
            throw Rejection.at(place.text(), WireText.BROKEN_PAIR);
        }
        return text;
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
                || value instanceof BigInteger || value instanceof BigDecimal
                || value instanceof Double d && Double.isFinite(d) || value instanceof Float f && Float.isFinite(f);
    }

    private static Object ofNode(JsonNode node, Spot place) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> {
                List<JsonNode> elements = new ArrayList<>(node.size());
                node.forEach(elements::add);
                yield elements;
            }
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL -> null;
            default -> throw Rejection.at(place.text(), node.getNodeType() + " is no JSON value");
        };
    }

    private static Map<String, JsonNode> members(JsonNode node) {
        if (!node.isObject()) {
            throw new Rejection("expected an object, found another JSON value");
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            members.put(member.getKey(), member.getValue());
        }
        return members;
    }
}
