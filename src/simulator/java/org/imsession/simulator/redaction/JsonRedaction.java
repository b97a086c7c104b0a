package org.imsession.simulator.redaction;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes once through a valid JSON text and copies it, with other texts, names and numbers in it. What is not replaced
 * stays letter by letter as it was, and an escaped character stays an escaped one. Line ends between values become
 * blanks. Not for use by several threads.
 */
final class JsonRedaction {

    /** An object or list that is open. @param names whether the names of its members are looked up */
    private record Open(boolean object, boolean names, Members member) {
    }

    private final String text;
    private final Rules rules;
    private final StringBuilder out;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private boolean nameNext;
    /** What is kept of the next value: {@code null} for nothing. */
    private Members member = Members.STRUCTURE;

    /** What becomes of names and values. */
    interface Rules {

        /** What stands for the name of a member that is not known. */
        String name(String name);

        /** What stands for a text. @param member what it is, {@code null} if that is not known */
        String text(Members member, String value);

        /** What stands for a number, but for its exponent; any digits. */
        String digits(Members member, String number);
    }

    private JsonRedaction(String text, Rules rules) {
        this.text = text;
        this.rules = rules;
        this.out = new StringBuilder(text.length());
    }

    static String of(String json, Rules rules) {
        return new JsonRedaction(json, rules).run();
    }

    private String run() {
        while (at < text.length()) {
            char next = text.charAt(at);
            switch (next) {
                case '{', '[' -> begin(next == '{');
                case '}', ']' -> end();
                case ',' -> separate();
                case '"' -> string();
                case ':', ' ', '\t' -> copy(next);
                case '\n', '\r' -> copy(' ');
                default -> literal();
            }
        }
        return out.toString();
    }

    private void copy(char next) {
        out.append(next);
        at++;
    }

    private void begin(boolean object) {
        open.push(new Open(object, object && member == Members.STRUCTURE, member));
        nameNext = object;
        // what is a word or a path may be a list of such, but no object
        member = object && member != Members.STRUCTURE ? null : member;
        copy(object ? '{' : '[');
    }

    private void end() {
        open.pop();
        copy(text.charAt(at));
    }

    private void separate() {
        Open inner = open.peek();
        nameNext = inner != null && inner.object();
        member = inner == null || inner.object() ? null : inner.member();
        copy(',');
    }

    private void string() {
        JsonString string = JsonString.at(text, at);
        at = string.end();
        if (nameNext) {
            nameNext = false;
            member = open.peek() != null && open.peek().names() ? Members.of(string.value()) : null;
            out.append(member == null ? string.with(rules.name(string.value())) : string.raw());
        } else {
            out.append(string.with(rules.text(member, string.value())));
        }
    }

    private void literal() {
        int start = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String literal = text.substring(start, at);
        out.append(literal.matches("true|false|null") ? literal : number(literal));
    }

    /** Other digits before an exponent, which stays, and behind a zero in front, which stays, too. */
    private String number(String literal) {
        String mantissa = literal.split("[eE]", 2)[0];
        StringBuilder other = new StringBuilder(rules.digits(member, mantissa));
        int first = mantissa.startsWith("-") ? 1 : 0;
        if (mantissa.charAt(first) == '0') {
            other.setCharAt(first, '0');
        }
        return other + literal.substring(mantissa.length());
    }
}
