package org.imsession.camel.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HexFormat;

/**
 * Writes, beside the characters that JSON demands, those as {@code \}{@code uXXXX} that steer a terminal or break or
 * turn a line: what a person sees of a file is then what it says, and one message stays one line in every editor.
 */
final class InvisibleEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
        ASCII[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII; // asked for by each generator, and changed by none
    }

    @Override
    public SerializableString getEscapeSequence(int unit) {
        return isInvisible(unit) ? new SerializedString(hexadecimal(HexFormat.of(), unit)) : null;
    }

    /** What stands for a character where no generator asks; {@code null} for one that stands for itself. */
    static String escape(int unit) {
        if (unit > DELETE) {
            return isInvisible(unit) ? hexadecimal(HexFormat.of(), unit) : null;
        }
        int code = ASCII[unit];
        if (code == ESCAPE_STANDARD) {
            return hexadecimal(HexFormat.of().withUpperCase(), unit);
        }
        return code == ESCAPE_NONE ? null : "\\" + (char) code;
    }

    private static String hexadecimal(HexFormat digits, int unit) {
        return "\\u" + digits.toHexDigits((char) unit);
    }

    /** C1 controls, line and paragraph separator, the marks of the bidirectional algorithm, the byte order mark. */
    private static boolean isInvisible(int unit) {
        return unit >= 0x80 && unit <= 0x9f || unit == 0x61c || unit == 0x200e || unit == 0x200f
                || unit >= 0x2028 && unit <= 0x202e || unit >= 0x2066 && unit <= 0x2069 || unit == 0xfeff;
    }
}
