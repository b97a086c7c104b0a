package org.imsession.camel.conversation.form;

/**
 * Words of others for people: everything can be read and nothing steers. Characters that steer a terminal or turn the
 * direction of a line are shown as {@code \}{@code u202e}; joiners stay, which scripts and emoji need.
 */
final class Visible {

    private Visible() {
    }

    /** A text, whose line breaks, of whatever kind, are {@code \n}. */
    static String text(String text) {
        return shown(text.replace("\r\n", "\n").replace('\r', '\n').replace("\u2028", "\n").replace("\u2029", "\n"),
                true);
    }

    /** On one line. */
    static String line(String text) {
        return shown(text, false);
    }

    private static String shown(String text, boolean breaks) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isHarmless(point) || breaks && (point == '\n' || point == '\t')) {
                shown.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> isJoiner(point);
            default -> true;
        };
    }

    /** Zero width joiner and non-joiner, and the tags of which flags of regions are made. */
    private static boolean isJoiner(int point) {
        return point == 0x200c || point == 0x200d || point >= 0xe0020 && point <= 0xe007f;
    }
}
