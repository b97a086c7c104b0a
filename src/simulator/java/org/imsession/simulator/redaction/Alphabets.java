package org.imsession.simulator.redaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The characters that may stand for one another: those of the same Unicode block, script and category, so that a small
 * Greek letter becomes a small Greek letter, and takes as many bytes as before.
 */
final class Alphabets {

    private static final int[] NONE = new int[0];

    private record Kind(Character.UnicodeBlock block, Character.UnicodeScript script, int type) {
    }

    private final Map<Kind, int[]> known = new ConcurrentHashMap<>();

    /** Those that may stand for a character, in order, itself among them; none if it says nothing of a text. */
    int[] of(int codePoint) {
        int type = Character.getType(codePoint);
        Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
        if (block == null || saysNothing(type) || block == Character.UnicodeBlock.VARIATION_SELECTORS
                || block == Character.UnicodeBlock.VARIATION_SELECTORS_SUPPLEMENT) {
            return NONE;
        }
        return known.computeIfAbsent(new Kind(block, Character.UnicodeScript.of(codePoint), type),
                kind -> made(kind, codePoint));
    }

    /** Blanks, punctuation, signs and what only changes how others look. */
    private static boolean saysNothing(int type) {
        return switch (type) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION, Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL -> true;
            default -> false;
        };
    }

    private static int[] made(Kind kind, int member) {
        int first = member;
        while (first > 0 && kind.block().equals(Character.UnicodeBlock.of(first - 1))) {
            first--;
        }
        return IntStream.iterate(first, each -> each <= Character.MAX_CODE_POINT
                        && kind.block().equals(Character.UnicodeBlock.of(each)), each -> each + 1)
                .filter(each -> Character.getType(each) == kind.type()
                        && Character.UnicodeScript.of(each) == kind.script()).toArray();
    }
}
