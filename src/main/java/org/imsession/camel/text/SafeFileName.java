package org.imsession.camel.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * The id of a session, or the login name of an agent, as the name of a file. Either may be anything: a path that
 * climbs out of the folder, {@code DOMAIN\dave}, a device name of Windows, a line break, 300 characters. It is flat and
 * made of {@code A-Z a-z 0-9 _ - % ~} only, without a dot, so that an extension can follow. Different ids have
 * different names, and so have different agents, also where a file system does not tell upper from lower case.
 * <p>
 * An id as GWS makes them ({@code 007MDF3D0KAHL93L807GK2LAES000001}) is its own name, and so is an agent as people are
 * named ({@code alice}). Other characters are percent-encoded as UTF-8. Where that is not enough (letters of the other
 * case, a reserved name, more than 100 characters), {@code ~} and 128 bits of the SHA-256 follow, and what stands
 * before them is for people.
 */
public final class SafeFileName {

    /** Names without a hash have at most this many characters, names with one 33 more. */
    private static final int MAX_READABLE = 100;
    private static final int MAX_DEVICE = 4;
    private static final int HASH_BYTES = 16;
    /** Each way of naming has letters of one case only, those of escapes, too. */
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final HexFormat LOWER = HexFormat.of();
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL",
            "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
            "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    private SafeFileName() {
    }

    /**
     * The name for the id of a session; one in upper case can be its own.
     *
     * @param id any text, not {@code null}
     * @return 1 to 133 characters; the same for the same id, always
     */
    public static String of(String id) {
        return of(id, UPPER);
    }

    /**
     * The name for an agent; a login name in lower case can be its own. Not to be mixed with the names of ids in one
     * folder.
     *
     * @param login any text, not {@code null}
     * @return 1 to 133 characters; the same for the same login name, always
     */
    public static String ofAgent(String login) {
        return of(login, LOWER);
    }

    private static String of(String text, HexFormat letters) {
        if (isItsOwnName(text, letters)) {
            return text;
        }
        String readable = percentEncoded(text, letters);
        boolean unique = !readable.isEmpty() && readable.length() <= MAX_READABLE && !isDevice(readable)
                && readable.chars().noneMatch(c -> isOfOtherCase(c, letters))
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return unique ? readable : cut(readable) + '~' + hash(text);
    }

    /** As nearly all are; each exchange asks. */
    private static boolean isItsOwnName(String text, HexFormat letters) {
        if (text.isEmpty() || text.length() > MAX_READABLE || text.charAt(0) == '-' || isDevice(text)) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c > 'z' || !isPlain((byte) c) || isOfOtherCase(c, letters)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfOtherCase(int c, HexFormat letters) {
        return letters.isUpperCase() ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
    }

    private static boolean isDevice(String name) {
        return name.length() <= MAX_DEVICE && DEVICES.contains(name.toUpperCase(Locale.ROOT));
    }

    private static String percentEncoded(String text, HexFormat letters) {
        StringBuilder name = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            // a name that begins with a hyphen is an option to many commands
            if (isPlain(octet) && (octet != '-' || !name.isEmpty())) {
                name.append((char) octet);
            } else {
                name.append('%').append(letters.toHexDigits(octet));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(byte octet) {
        return octet >= 'A' && octet <= 'Z' || octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9'
                || octet == '_' || octet == '-';
    }

    private static String cut(String readable) {
        if (readable.length() <= MAX_READABLE) {
            return readable;
        }
        int escape = readable.indexOf('%', MAX_READABLE - 2);
        return readable.substring(0, escape >= 0 && escape < MAX_READABLE ? escape : MAX_READABLE);
    }

    /** Of the UTF-16 form, in which even ids with broken surrogate pairs differ. */
    private static String hash(String id) {
        ByteBuffer units = ByteBuffer.allocate(2 * id.length());
        units.asCharBuffer().put(id);
        return Sha256.hex(units.array(), HASH_BYTES);
    }
}
