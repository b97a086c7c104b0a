package org.imsession.simulator.redaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other texts in the place of those of people: as long, and letter by letter of the same script and kind. Equal texts
 * get
 * equal replacements, and different short ones different ones. What stands for a text follows from all of it and from a
 * key that nobody has: it is drawn here and dies with this object. Safe for use by several threads.
 */
public final class Replacements {

    private static final String ALGORITHM = "HmacSHA256";
    /** Of numbers of telephones only the digits count, however they are written. */
    private static final Pattern NUMBER = Pattern.compile("[+()\\d\\s./-]*\\d[+()\\d\\s./-]*");
    /** So few letters that two texts may meet in one replacement by chance. */
    private static final int SHORT = 16;
    private static final int TRIES = 64;
    /** A text that meets another one's is worse reading; one with a secret in it must not be. */
    private static final int TRIES_WITHOUT_SECRET = 4_096;
    private static final int SHORTEST_SECRET = 3;
    private static final int LONGEST_BY_CHANCE = 12;
    private static final int MOST_SECRETS = 1_000;

    private final Alphabets alphabets = new Alphabets();
    private final Map<String, String> shortOnes = new HashMap<>();
    private final Map<String, String> takenBy = new HashMap<>();
    private final Map<String, Boolean> secrets = new NewestOnes<>(MOST_SECRETS);
    private final Mac mac;

    /** Replacements with a key of their own. */
    public Replacements() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * What stands for a text.
     *
     * @param text the text
     * @return another one of as many characters; the same if there is no letter, digit or picture in it
     */
    public synchronized String of(String text) {
        boolean isShort = text.length() <= SHORT;
        String known = isShort ? shortOnes.get(text) : null;
        if (known != null) {
            return known;
        }
        String result = replaced(text, 0);
        for (int attempt = 1; attempt < TRIES && isShort && takenBy.containsKey(result)
                || attempt < TRIES_WITHOUT_SECRET && hasSecret(result); attempt++) {
            result = replaced(text, attempt);
        }
        if (isShort) {
            shortOnes.put(text, result);
            takenBy.put(result, text);
        }
        return result;
    }

    /**
     * Lets no replacement have this in it by chance, as a name of three letters or a password of four digits would.
     *
     * @param secret the secret; a long one does not come by chance
     */
    synchronized void never(String secret) {
        if (secret.length() >= SHORTEST_SECRET && secret.length() <= LONGEST_BY_CHANCE) {
            secrets.put(secret.toLowerCase(Locale.ROOT), true);
        }
    }

    private boolean hasSecret(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return secrets.keySet().stream().anyMatch(lower::contains);
    }

    private String replaced(String text, int attempt) {
        boolean isNumber = NUMBER.matcher(text).matches();
        String digits = text.replaceAll("\\D", "");
        Stream stream = new Stream(isNumber ? digits : text, attempt);
        StringBuilder result = new StringBuilder(text.length());
        int leading = isNumber && digits.charAt(0) != '0' ? text.indexOf(digits.charAt(0)) : -1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int each = text.codePointAt(at);
            result.appendCodePoint(at == leading ? otherButZero(each, stream) : other(each, stream));
        }
        return result.toString();
    }

    /** A number in JSON has no zero in front, and the same number as a text has the same replacement. */
    private static int otherButZero(int digit, Stream stream) {
        return '1' + (digit - '1' + 1 + stream.next(8)) % 9;
    }

    private int other(int codePoint, Stream stream) {
        int[] alphabet = alphabets.of(codePoint);
        if (alphabet.length < 2) {
            return codePoint;
        }
        int own = Arrays.binarySearch(alphabet, codePoint);
        return alphabet[(own + 1 + stream.next(alphabet.length - 1)) % alphabet.length];
    }

    /** Numbers that follow from a text and the key. */
    private final class Stream {

        private final byte[] seed;
        private final int attempt;
        private int block;
        private ByteBuffer left = ByteBuffer.allocate(0);

        Stream(String seed, int attempt) {
            this.seed = seed.getBytes(StandardCharsets.UTF_8);
            this.attempt = attempt;
        }

        int next(int bound) {
            if (left.remaining() < Integer.BYTES) {
                mac.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(attempt).putInt(block++).flip());
                left = ByteBuffer.wrap(mac.doFinal(seed));
            }
            return Math.floorMod(left.getInt(), bound);
        }
    }
}
