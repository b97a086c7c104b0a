package org.imsession.camel.model;

/**
 * Text of others (agent names, what a server says) for a line of a log: it stays one line and cannot disguise itself.
 * Line breaks, control characters, marks that turn the direction of writing and other invisible ones, and broken
 * surrogate pairs come out as {@code \}{@code u000a}. A backslash stays as it is, so this cannot be undone.
 */
public final class LogText {

    /** The length at which {@link #escape(String)} cuts, in characters of the original. */
    public static final int MAX_LENGTH = 1000;

    private LogText() {
    }

    /**
     * The text on one line, cut at {@link #MAX_LENGTH} characters.
     *
     * @param text any text, not {@code null}
     */
    public static String escape(String text) {
        return escape(text, MAX_LENGTH);
    }

    /**
     * All of the text on one line, for messages of ours that hold names and words of others. What has passed here or
     * through {@link #escape(String)} stays as it is.
     *
     * @param text any text, not {@code null}
     */
    public static String line(String text) {
        return escape(text, text.length());
    }

    /**
     * The text on one line.
     *
     * @param text      any text, not {@code null}
     * @param maxLength how many characters of the text to keep at most; a longer one says how long it was
     */
    public static String escape(String text, int maxLength) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength) + 16);
        int end = Math.min(text.length(), maxLength);
        for (int at = 0; at < end; ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (visible(point)) {
                line.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    line.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
        if (end < text.length()) {
            line.append("... (").append(text.length()).append(" characters)");
        }
        return text.contentEquals(line) ? text : line.toString(); // many keep what they were given
    }

    private static boolean visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                 Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
