package org.imsession.camel.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The id of a session as the name of a file. An id comes from the server, so it may be anything: a path that climbs
 * out of the folder, a device name of Windows, a line break, 300 characters. The name is flat and made of
 * {@code A-Z a-z 0-9 _ - % ~} only; it has no dot, so that an extension can follow. Different ids have different names,
 * also where a file system does not tell upper from lower case.
 * <p>
 * An id as GWS makes them ({@code 007MDF3D0KAHL93L807GK2LAES000001}) is its own name. Other characters are
 * percent-encoded as UTF-8. Where that is not enough (lower case, a reserved name, more than 100
 * characters), {@code ~} and 128 bits of the id's SHA-256 follow, and what stands before them is for people.
 */
public final class SafeFileName {

    /** Names without a hash have at most this many characters, names with one 33 more. */
    private static final int MAX_READABLE = 100;
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL",
            "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
            "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    private SafeFileName() {
    }

    /**
     * The name for an id.
     *
     * @param id any text, not {@code null}
     * @return 1 to 133 characters; the same for the same id, always
     */
    public static String of(String id) {
        if (isItsOwnName(id)) {
            return id;
        }
        String readable = percentEncoded(id);
        boolean unique = !readable.isEmpty() && readable.length() <= MAX_READABLE && !DEVICES.contains(readable)
                && readable.chars().noneMatch(c -> c >= 'a' && c <= 'z')
                && StandardCharsets.UTF_8.newEncoder().canEncode(id);
        return unique ? readable : cut(readable) + '~' + hash(id);
    }

    /** As nearly all are; each exchange asks. */
    private static boolean isItsOwnName(String id) {
        if (id.isEmpty() || id.length() > MAX_READABLE || id.charAt(0) == '-' || DEVICES.contains(id)) {
            return false;
        }
        for (int at = 0; at < id.length(); at++) {
            char c = id.charAt(at);
            if (c > 'Z' && c != '_' || !isPlain((byte) c)) {
                return false;
            }
        }
        return true;
    }

    private static String percentEncoded(String id) {
        StringBuilder name = new StringBuilder(id.length());
        for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
            // a name that begins with a hyphen is an option to many commands
            if (isPlain(octet) && (octet != '-' || !name.isEmpty())) {
                name.append((char) octet);
            } else {
                name.append(String.format("%%%02X", octet & 0xff));
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
        try {
            ByteBuffer units = ByteBuffer.allocate(2 * id.length());
            units.asCharBuffer().put(id);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(units.array());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
