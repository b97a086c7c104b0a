package org.imsession.camel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.imsession.camel.model.IMSessionNotification;
import org.junit.jupiter.api.Test;

/**
 * What it costs to decode an event and to write it, counted in bytes, which a busy machine does not change: a change of
 * a tenth is to be made knowingly, with a new figure here. Of the JDK of the build; another lays out its objects anew.
 */
class AllocationTest {

    /** The state change that the benchmarks send, of 614 bytes. */
    private static final String MESSAGE = "{\"imSession\":{\"capabilities\":[\"Complete\",\"AttachUserData\","
            + "\"DeleteUserData\",\"UpdateUserData\",\"SendMessage\"],\"id\":\"007MDF3D0KAHL93L807GK2LAES000001\","
            + "\"participants\":[{\"e164Number\":\"\",\"formattedPhoneNumber\":\"30-02\",\"phoneNumber\":\"3002\","
            + "\"digits\":\"3002\"}],\"path\":\"/im-sessions/007MDF3D0KAHL93L807GK2LAES000001\",\"state\":\"Talking\","
            + "\"uri\":\"http://gws.example.com:8090/api/v2/im-sessions/007MDF3D0KAHL93L807GK2LAES000001\","
            + "\"userData\":{\"CustomerSegment\":\"Gold\",\"ServiceType\":\"Billing\",\"Attempt\":3,"
            + "\"sentNanos\":123456789012345}},\"phoneNumber\":\"3001\",\"notificationType\":\"StatusChange\","
            + "\"messageType\":\"IMSessionStateChangeMessage\"}";
    private static final byte[] BYTES = MESSAGE.getBytes(StandardCharsets.UTF_8);
    private static final IMSessionJson JSON = new IMSessionJson();
    private static final IMSessionNotification NOTIFICATION = JSON.read(BYTES);

    private static final long DECODED = 2350;
    private static final long WRITTEN = 870;

    private static final int ROUND = 5_000;
    private static volatile Object result;

    /** In the mean of a round, once the code is compiled as well as it will be. */
    private static void assertAllocates(long kept, Supplier<Object> work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                    long thread = Thread.currentThread().getId();
                    long before = threads.getThreadAllocatedBytes(thread);
                    for (int i = 0; i < ROUND; i++) {
                        result = work.get();
                    }
                    long bytes = (threads.getThreadAllocatedBytes(thread) - before) / ROUND;
                    assertThat(bytes).as("bytes allocated, %s of %d kept", bytes, kept)
                            .isBetween(kept * 9 / 10, kept * 11 / 10);
                });
    }

    @Test
    void decodingAnEventAllocatesNoMore() {
        assertAllocates(DECODED, () -> JSON.read(BYTES));
        assertThat(result).isEqualTo(NOTIFICATION);
    }

    @Test
    void writingAnEventAllocatesNoMore() {
        assertAllocates(WRITTEN, () -> JSON.write(NOTIFICATION));
        assertThat(JSON.read((String) result)).hasFieldOrPropertyWithValue("sessionId", NOTIFICATION.sessionId());
    }
}
