package org.imsession.camel.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A name or check sum made of bytes: the first of their SHA-256. */
public final class Sha256 {

    private Sha256() {
    }

    /**
     * The first bytes of the hash, in lower case hexadecimal digits.
     *
     * @param content what is hashed, not {@code null}
     * @param bytes   how many, 32 at most
     */
    public static String hex(byte[] content, int bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The same of a text, in UTF-8. */
    public static String hex(String text, int bytes) {
        return hex(text.getBytes(StandardCharsets.UTF_8), bytes);
    }
}
