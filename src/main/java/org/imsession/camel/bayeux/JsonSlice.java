package org.imsession.camel.bayeux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a JSON text, found without decoding it.
 *
 * @param json   the whole text
 * @param from   where the part begins
 * @param length how long it is, in bytes
 */
record JsonSlice(byte[] json, int from, int length) {

    byte[] copy() {
        return Arrays.copyOfRange(json, from, from + length);
    }

    /** Whether it is a text of printable ASCII without escapes, as the name of a channel is. */
    boolean isPlainText() {
        int last = from + length - 1;
        if (length < 2 || json[from] != '"' || json[last] != '"') {
            return false;
        }
        for (int at = from + 1; at < last; at++) {
            if (json[at] < ' ' || json[at] == '"' || json[at] == '\\') { // what is no ASCII is negative
                return false;
            }
        }
        return true;
    }

    /** What it says, if it {@linkplain #isPlainText() is a plain text}. */
    String plainText() {
        return new String(json, from + 1, length - 2, StandardCharsets.ISO_8859_1);
    }

    /**
     * The members of a JSON object, in order; of members of one name, the last.
     *
     * @throws IllegalArgumentException if the text is not shaped like an object
     */
    static Map<String, JsonSlice> members(byte[] json) {
        Map<String, JsonSlice> members = new LinkedHashMap<>();
        int at = skipBlanks(json, 1);
        while (at < json.length && json[at] != '}') {
            if (json[at] != '"') {
                throw new IllegalArgumentException("no member name at byte " + at);
            }
            int nameEnd = valueEnd(json, at);
            String name = new String(json, at + 1, nameEnd - at - 2, StandardCharsets.UTF_8);
            at = skipBlanks(json, nameEnd);
            if (at >= json.length || json[at] != ':') {
                throw new IllegalArgumentException("no colon at byte " + at);
            }
            at = skipBlanks(json, at + 1);
            int end = valueEnd(json, at);
            members.put(name, new JsonSlice(json, at, end - at));
            at = skipBlanks(json, end);
            if (at < json.length && json[at] == ',') {
                at = skipBlanks(json, at + 1);
            } else if (at != json.length - 1) {
                throw new IllegalArgumentException("no comma at byte " + at);
            }
        }
        return members;
    }

    private static int skipBlanks(byte[] json, int from) {
        int at = from;
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The index behind the value that begins there. */
    private static int valueEnd(byte[] json, int from) {
        int depth = 0;
        boolean inString = false;
        for (int at = from; at < json.length; at++) {
            byte b = json[at];
            if (inString) {
                if (b == '\\') {
                    at++;
                } else if (b == '"') {
                    inString = false;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                if (depth == 0) {
                    return at;
                }
                if (--depth == 0) {
                    return at + 1;
                }
            } else if (depth == 0 && (b == ',' || b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
                return at;
            }
        }
        throw new IllegalArgumentException("the text ends inside a value");
    }
}
