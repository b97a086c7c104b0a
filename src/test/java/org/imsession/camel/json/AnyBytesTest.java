package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;

/** Whatever arrives, a notification comes out, and it can be written and read again. */
class AnyBytesTest {

    private static final List<String> SAMPLES = List.of("state-change.json", "log-update.json", "full.json");
    private static final String SPICE = "{}[]\",:\\u0d8nult/e+-.19 \u0000\u00e9";

    @Test
    void damageOfAnyKindIsDelivered() {
        Random random = new Random(20260101);
        for (int round = 0; round < 6_000; round++) {
            byte[] bytes = Samples.bytes(SAMPLES.get(round % SAMPLES.size()));
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = random.nextInt(4) == 0
                        ? (byte) random.nextInt(256) : (byte) SPICE.charAt(random.nextInt(SPICE.length()));
            }
            assertDelivered(bytes);
        }
    }

    @Test
    void aCutAtEachByteIsDelivered() {
        byte[] bytes = Samples.bytes("full.json");
        for (int length = 0; length <= bytes.length; length++) {
            assertDelivered(Arrays.copyOf(bytes, length));
        }
    }

    private static void assertDelivered(byte[] bytes) {
        String input = new String(bytes, StandardCharsets.UTF_8);
        assertThatCode(() -> {
            IMSessionNotification notification = Samples.JSON.read(bytes);
            String canonical = Samples.JSON.write(notification);
            assertThat(Samples.JSON.write(Samples.JSON.parse(canonical))).isEqualTo(canonical);
        }).as(input).doesNotThrowAnyException();
    }
}
