package org.imsession.camel.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * The body of an answer, compressed.
 *
 * @param packed   what goes over the wire
 * @param unpacked to how many bytes it unpacks
 */
record RandomAnswer(byte[] packed, long unpacked) {

    static final int MOST_PACKED = 64 * 1024;
    private static final int MOST_UNPACKED = 48 << 20;
    private static final String CHANNEL = "\"channel\":\"/v2/me/im-sessions\"";
    private static final String TEXT = "{\"messageType\":\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\","
            + "\"imSessionPath\":\"/im-sessions/7\",\"message\":\"";
    private static final String STATE = "{\"messageType\":\"IMSessionStateChangeMessage\",\"notificationType\":"
            + "\"StatusChange\",\"imSession\":{\"id\":\"7\",\"state\":\"Talking\",\"userData\":";

    /** An answer of the Bayeux server to a request on that channel, right at its end or not. */
    static RandomAnswer bayeux(Random random, String channel) {
        Pack pack = new Pack(random);
        pack.text(random.nextInt(50) == 0 ? "{" : "[");
        for (int part = random.nextInt(4); part >= 0; part--) {
            messages(random, pack);
        }
        pack.last("{\"channel\":\"" + channel + "\",\"successful\":true,\"clientId\":\"fuzz\",\"subscription\":"
                + "\"/v2/me/im-sessions\",\"supportedConnectionTypes\":[\"long-polling\"],\"ext\":{\"ack\":"
                + random.nextInt(100) + "}}]");
        return pack.answer();
    }

    /** A JSON object whose member of that name holds anything. */
    static RandomAnswer object(Random random, String member) {
        Pack pack = new Pack(random);
        pack.text("{\"statusCode\":0,\"" + member + "\":");
        value(random, pack);
        pack.last("}");
        return pack.answer();
    }

    private static void messages(Random random, Pack pack) {
        switch (random.nextInt(8)) {
            case 0 -> pack.times("{},");
            case 1 -> pack.times("{" + CHANNEL + ",\"data\":{}},");
            case 2 -> pack.times("{\"channel\":\"/meta/x\",\"successful\":true,\"error\":\"" + "A".repeat(
                    random.nextInt(60_000)) + "\"},");
            case 3 -> pack.times("{" + CHANNEL + ",\"data\":" + TEXT + "x".repeat(random.nextInt(5000)) + "\"}},");
            case 4 -> pack.times("{" + CHANNEL + ",\"data\":" + STATE + "{" + members(random) + "}}}},");
            case 5 -> {
                pack.text("{" + CHANNEL + ",\"data\":" + STATE);
                value(random, pack);
                pack.text("}}},");
            }
            case 6 -> {
                pack.text("{" + CHANNEL + ",\"data\":" + TEXT);
                pack.times(random.nextBoolean() ? "A" : random.nextBoolean() ? "\u20ac" : "\\u0000");
                pack.text("\"}},");
            }
            default -> {
                pack.text("{" + CHANNEL + ",\"data\":");
                value(random, pack);
                pack.text("},");
            }
        }
    }

    private static void value(Random random, Pack pack) {
        switch (random.nextInt(8)) {
            case 0 -> pack.around("[", "]");
            case 1 -> pack.around("{\"a\":", "}");
            case 2 -> pack.list("[", "{}", "]");
            case 3 -> pack.list("[", "[]", "]");
            case 4 -> pack.list("[", "1", "]");
            case 5 -> pack.list("", "9", "");
            case 6 -> pack.text("1e" + random.nextInt());
            default -> pack.text("{" + members(random) + "}");
        }
    }

    private static String members(Random random) {
        StringBuilder members = new StringBuilder();
        for (int i = random.nextInt(20_000); i >= 0; i--) {
            members.append('"').append(Integer.toString(i, 36)).append("\":")
                    .append(random.nextBoolean() ? "[]" : "\"\"").append(i == 0 ? "" : ",");
        }
        return members.toString();
    }

    /** Compresses, as long as it is small enough, and does harm to what comes of it now and then. */
    private static final class Pack {

        private final Random random;
        private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        private final GZIPOutputStream gzip;
        private long unpacked;

        Pack(Random random) {
            this.random = random;
            try {
                gzip = new GZIPOutputStream(packed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void text(String text) {
            if (packed.size() < MOST_PACKED - 4096) {
                last(text);
            }
        }

        void last(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try {
                gzip.write(bytes);
                unpacked += bytes.length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As often as a number that is as likely to be small as to be large. */
        void times(String text) {
            long bytes = 1L << random.nextInt(26);
            String many = text.repeat(Math.max(1, 8192 / text.length()));
            for (long written = 0; written < bytes && unpacked < MOST_UNPACKED; written += many.length()) {
                text(bytes < many.length() ? text : many);
            }
        }

        void list(String begin, String element, String end) {
            text(begin);
            times(begin.isEmpty() ? element : element + ",");
            text(begin.isEmpty() ? end : element + end);
        }

        void around(String begin, String end) {
            int depth = 1 << random.nextInt(20);
            text(begin.repeat(depth));
            text("1" + end.repeat(depth));
        }

        RandomAnswer answer() {
            try {
                gzip.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] bytes = packed.toByteArray();
            switch (random.nextInt(20)) {
                case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                default -> { }
            }
            return new RandomAnswer(bytes, unpacked);
        }
    }
}
