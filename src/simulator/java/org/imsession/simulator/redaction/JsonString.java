package org.imsession.simulator.redaction;

import java.util.BitSet;

/**
 * A string in a JSON text.
 *
 * @param raw     as it is written, with its quotes
 * @param value   what it says
 * @param escaped which of its characters are written as four hexadecimal digits
 * @param end     where the text goes on behind it
 */
record JsonString(String raw, String value, BitSet escaped, int end) {

    private static final String SHORT = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    /** The string that begins at a place. */
    static JsonString at(String text, int start) {
        StringBuilder value = new StringBuilder();
        BitSet escaped = new BitSet();
        int at = start + 1;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) != '\\') {
                value.append(text.charAt(at++));
            } else if (text.charAt(at + 1) == 'u') {
                escaped.set(value.length());
                value.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
                at += 6;
            } else {
                value.append(MEANT.charAt(SHORT.indexOf(text.charAt(at + 1))));
                at += 2;
            }
        }
        return new JsonString(text.substring(start, at + 1), value.toString(), escaped, at + 1);
    }

    /** Another value, written the same way. */
    String with(String other) {
        if (other.equals(value)) {
            return raw;
        }
        StringBuilder result = new StringBuilder(raw.length()).append('"');
        for (int i = 0; i < other.length(); i++) {
            char each = other.charAt(i);
            int meant = MEANT.indexOf(each);
            if (escaped.get(i) || each < ' ' && meant < 0) {
                result.append("\\u%04x".formatted((int) each));
            } else if (meant >= 0 && each != '/') {
                result.append('\\').append(SHORT.charAt(meant));
            } else {
                result.append(each);
            }
        }
        return result.append('"').toString();
    }
}
