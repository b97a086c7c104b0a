package org.imsession.camel.bayeux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imsession.camel.json.JsonBytes;

/**
 * A part of a JSON text, found without decoding it.
 *
 * @param json   the whole text
 * @param from   where the part begins
 * @param length how long it is, in bytes
 */
record JsonSlice(byte[] json, int from, int length) {

    static final int NOWHERE = -1;
    /** A Bayeux message has about ten members with short names; each costs a hundred bytes that need not have come. */
    private static final int MOST_MEMBERS = 100;
    private static final int LONGEST_NAME = 100;

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

    /** Whether it is that word, of ASCII. */
    boolean is(String word) {
        boolean same = length == word.length();
        for (int at = 0; same && at < length; at++) {
            same = json[from + at] == word.charAt(at);
        }
        return same;
    }

    /** Hears of the members of an object, one after the other. */
    interface MemberVisitor {

        /**
         * @param nameFrom where the name begins, behind its quotation mark
         * @param nameTo   where its closing quotation mark is
         * @param from     where the value begins
         * @param to       the index behind it
         * @param load     see {@link EventWeight#of(long, int)}
         */
        void member(int nameFrom, int nameTo, int from, int to, long load);
    }

    /**
     * The members of a JSON object, in order; of members of one name, the last; without those whose name is too long
     * for anything that is known.
     *
     * @throws IllegalArgumentException if the text is not shaped like an object, or has too many members
     */
    static Map<String, JsonSlice> members(byte[] json) {
        Map<String, JsonSlice> members = new LinkedHashMap<>();
        int end = visit(json, 0, new ValueEnd(), (nameFrom, nameTo, from, to, load) -> {
            if (nameTo - nameFrom <= LONGEST_NAME) {
                members.put(new String(json, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8),
                        new JsonSlice(json, from, to - from));
            }
            if (members.size() > MOST_MEMBERS) {
                throw new IllegalArgumentException("too many members");
            }
        });
        if (end != json.length) {
            throw new IllegalArgumentException("not shaped like an object");
        }
        return members;
    }

    /**
     * Finds the members of an object.
     *
     * @param begin  where its opening brace is
     * @param values finds where they end
     * @return the index behind its closing brace; negative if the bytes end before, or are not shaped like an object
     */
    static int visit(byte[] json, int begin, ValueEnd values, MemberVisitor visitor) {
        int at = skipBlanks(json, begin + 1);
        while (at < json.length && json[at] == '"') {
            int nameEnd = stringEnd(json, at);
            int colon = nameEnd < 0 ? json.length : skipBlanks(json, nameEnd);
            if (colon == json.length || json[colon] != ':') {
                return NOWHERE;
            }
            int from = skipBlanks(json, colon + 1);
            int to = values.find(json, from);
            if (to < 0) {
                return NOWHERE;
            }
            visitor.member(at + 1, nameEnd - 1, from, to, values.load());
            at = skipBlanks(json, to);
            if (at < json.length && json[at] == ',') {
                at = skipBlanks(json, at + 1);
            } else if (at == json.length || json[at] != '}') {
                return NOWHERE;
            }
        }
        return at < json.length && json[at] == '}' ? at + 1 : NOWHERE;
    }

    private static int skipBlanks(byte[] json, int from) {
        int at = from;
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The index behind the text that begins there. */
    private static int stringEnd(byte[] json, int from) {
        int end = JsonBytes.textEnd(json, from + 1);
        return end < 0 ? NOWHERE : end + 1;
    }
}
