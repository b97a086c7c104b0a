package org.imsession.camel.gws;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A text of ours, as it looks where others repeat it: as it is, with its bytes read as Latin-1, percent-encoded,
 * escaped for JSON or HTML, or within anything in Base64. Of a long one the beginning counts, since who repeats may cut.
 */
final class Echo {

    /** So much of a text is no coincidence. */
    private static final int BEGINNING = 16;
    /** At the end of a text that was cut, so much of it is none either. */
    private static final int SHORTEST_CUT = 6;
    /** Less in Base64 may be a word of any language. */
    private static final int SHORTEST_BASE64 = 7;

    private final List<String> texts = new ArrayList<>();
    private final List<String> base64 = new ArrayList<>();

    /** @param original not empty */
    Echo(String original) {
        texts.add(original);
        byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
        String misread = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!misread.equals(original)) {
            texts.add(misread);
        }
        for (int shift = 0; shift < 3; shift++) {
            String core = core(bytes, shift);
            if (core.length() >= SHORTEST_BASE64) {
                base64.add(core);
                base64.add(core.replace('+', '-').replace('/', '_'));
            }
        }
    }

    /** What Base64 makes of these bytes wherever they stand behind so many others, or three more. */
    private static String core(byte[] bytes, int shift) {
        byte[] behind = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, behind, shift, bytes.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(behind);
        int end = behind.length % 3 == 0 ? all.length() : all.length() - 1; // the last one depends on what follows
        return all.substring(Math.min(end, shift == 0 ? 0 : shift + 1), end);
    }

    /** Whether the text repeats it. */
    boolean isIn(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (end(text, at) > at) {
                return true;
            }
        }
        return false;
    }

    /** Where it ends, if it begins there; else the same place. */
    int end(String text, int from) {
        int end = from;
        for (String each : texts) {
            for (Form form : Form.values()) {
                end = Math.max(end, end(text, from, each, form));
            }
        }
        for (String each : base64) {
            int core = end(text, from, each, Form.PERCENT);
            if (core > from) {
                end = Math.max(end, endOfBase64(text, core));
            }
        }
        return end;
    }

    private static int end(String text, int from, String wanted, Form form) {
        int at = from;
        int found = 0;
        while (found < wanted.length() && at < text.length()) {
            int point = wanted.codePointAt(found);
            int length = form.length(text, at, point);
            if (length == 0) {
                if (text.codePointAt(at) != point) {
                    break;
                }
                length = Character.charCount(point);
            }
            at += length;
            found += Character.charCount(point);
        }
        boolean whole = found >= Math.min(BEGINNING, wanted.length());
        return whole || at == text.length() && found >= SHORTEST_CUT ? at : from;
    }

    private static int endOfBase64(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at))
                || "+/-_=%".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /** A way to write a character with several. */
    private enum Form {
        PLAIN {
            @Override
            int length(String text, int at, int point) {
                return 0;
            }
        },
        PERCENT {
            @Override
            int length(String text, int at, int point) {
                if (text.charAt(at) == '+') {
                    return point == ' ' ? 1 : 0;
                }
                int utf8 = percent(text, at, point, StandardCharsets.UTF_8);
                return utf8 > 0 || point > 0xff ? utf8 : percent(text, at, point, StandardCharsets.ISO_8859_1);
            }
        },
        JSON {
            @Override
            int length(String text, int at, int point) {
                if (text.startsWith("\\u", at)) {
                    char[] units = Character.toChars(point);
                    for (int i = 0; i < units.length; i++) {
                        if (!text.startsWith("\\u", at + 6 * i) || hex(text, at + 6 * i + 2, 4) != units[i]) {
                            return 0;
                        }
                    }
                    return 6 * units.length;
                }
                return text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == point ? 2 : 0;
            }
        },
        HTML {
            @Override
            int length(String text, int at, int point) {
                int end = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
                if (end < 0 || end - at > 10) {
                    return 0;
                }
                String name = text.substring(at + 1, end);
                return name.equals(named(point)) || name.equals("#" + point)
                        || name.equalsIgnoreCase("#x" + Integer.toHexString(point))
                        || name.equalsIgnoreCase(String.format("#x%02x", point)) ? end + 1 - at : 0;
            }
        };

        /** How many characters there stand for that one in this way, 0 if none do. */
        abstract int length(String text, int at, int point);

        private static int percent(String text, int at, int point, Charset charset) {
            byte[] bytes = Character.toString(point).getBytes(charset);
            for (int i = 0; i < bytes.length; i++) {
                if (!text.startsWith("%", at + 3 * i) || hex(text, at + 3 * i + 1, 2) != (bytes[i] & 0xff)) {
                    return 0;
                }
            }
            return 3 * bytes.length;
        }

        private static int hex(String text, int from, int digits) {
            int value = 0;
            for (int i = from; i < from + digits; i++) {
                int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
                if (digit < 0) {
                    return -1;
                }
                value = 16 * value + digit;
            }
            return value;
        }

        private static String named(int point) {
            return switch (point) {
                case '&' -> "amp";
                case '<' -> "lt";
                case '>' -> "gt";
                case '"' -> "quot";
                case '\'' -> "apos";
                default -> "";
            };
        }
    }
}
