package org.imsession.camel.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text, and what is wrong with them. Wrong bytes become U+FFFD, so that what remains can be read by people,
 * and are always reported.
 *
 * @param text    the text
 * @param problem what is wrong with the bytes, empty if they say exactly this text
 */
record WireText(String text, String problem) {

    /** What is wrong with a text that is not {@link #isWellFormed}. */
    static final String BROKEN_PAIR = "half of a surrogate pair, which is no character";

    private static final char REPLACEMENT = '\uFFFD';

    static WireText of(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        if (text.indexOf(REPLACEMENT) < 0) {
            return new WireText(text, "");
        }
        // either it was sent, or it stands for bytes that are no character
        CharsetDecoder strict = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = strict.decode(in, CharBuffer.allocate(text.length() + 1), true);
        return new WireText(text, result.isError() ? "not " + charset + " at byte " + (in.position() + 1) : "");
    }

    /** The bytes of a text; {@code null} if it is not {@linkplain #isWellFormed well formed}, so that it has none. */
    static byte[] utf8(String text) {
        return isWellFormed(text) ? text.getBytes(StandardCharsets.UTF_8) : null;
    }

    /** Whether each surrogate has its partner. */
    static boolean isWellFormed(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit) || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    /** The text with U+FFFD for each half of a surrogate pair, so that it can be written in any Unicode encoding. */
    static String wellFormed(String text) {
        if (isWellFormed(text)) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(point -> repaired.appendCodePoint(
                Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point));
        return repaired.toString();
    }
}
