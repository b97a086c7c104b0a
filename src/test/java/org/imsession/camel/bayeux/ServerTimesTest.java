package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTimesTest {

    private static final int HEARTBEATS = 12;

    /** A connect was held for the whole keepAlive, also if the server gives the session up before. */
    @ParameterizedTest
    @CsvSource({ "4000, 2400", "8000, 4800", "10000, 6000", "60000, 36000", "0, 5000" })
    void aConnectIsNeverHeldBeyondWhatTheServerWaits(long maxInterval, long longest) {
        ServerTimes times = new ServerTimes(new BayeuxSettings("http://127.0.0.1/x", true, 1000,
                Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(10)));
        times.learn(maxInterval == 0 ? Map.of() : Map.of("maxInterval", maxInterval));
        long hold = 0;
        for (int i = 0; i < HEARTBEATS; i++) {
            long next = times.holdMillis();
            assertThat(next).isBetween(hold, longest);
            hold = next;
        }
        assertThat(hold).as("of a standing backlog").isEqualTo(longest);
        if (maxInterval > 0) {
            assertThat(hold + times.patienceMillis()).as("with a slow repository").isLessThan(maxInterval);
        }
    }
}
