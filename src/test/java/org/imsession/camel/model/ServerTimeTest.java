package org.imsession.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The time that some servers add to their messages, and nothing else, is the server's time. */
class ServerTimeTest {

    private static final Instant TIME = Instant.ofEpochMilli(1700000000123L);

    @Test
    void theTimeInTheMetricsIsTheServersTime() {
        Map<String, Object> nested =
                Map.of("metrics", Map.of("eventProcessing", Map.of("serverGenerationTimestamp", 1700000000123L)));
        Map<String, Object> flat = Map.of("metrics", Map.of("serverGenerationTimestamp", 1700000000123L));

        assertThat(update(nested).serverTime()).contains(TIME);
        assertThat(update(flat).serverTime()).contains(TIME);
        assertThat(new UnknownMessage("T", "", "", nested, "").serverTime()).contains(TIME);
    }

    static List<Map<String, Object>> noTimes() {
        return List.of(Map.of(), Map.of("metrics", 5), Map.of("metrics", Map.of()),
                metrics(-1), metrics(0), metrics("1700000000123"), metrics(1.5), metrics(BigInteger.TWO.pow(70)));
    }

    @ParameterizedTest
    @MethodSource("noTimes")
    void whatHasNoFormOfATimeIsNoTime(Map<String, Object> other) {
        assertThat(update(other).serverTime()).isEmpty();
    }

    private static Map<String, Object> metrics(Object time) {
        return Map.of("metrics", Map.of("eventProcessing", Map.of("serverGenerationTimestamp", time)));
    }

    private static IMLogUpdateMessage update(Map<String, Object> other) {
        return new IMLogUpdateMessage(NotificationType.NEW_MESSAGE, "NewMessage", "/im-sessions/7", "x", other, "");
    }
}
