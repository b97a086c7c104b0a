package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** CometD's client and the hundred classes behind it are a fifth of the start of a route, which needs none of them. */
class LateLineTest {

    private final BayeuxSession session = new BayeuxSession(null, null, null, request -> { }, null, System::nanoTime,
            Clock.systemUTC(), null, null, null);

    @Test
    void itIsNotMadeBeforeASessionIsOpened() {
        assertThat(session.ledger().acknowledging()).isFalse();
        assertThat(session.repeated()).isZero();
        assertThat(session.holding()).isZero();
        session.connectNow();
        assertThat(session.seal()).isEmpty();
        session.sayGoodBye();
        assertThat(session.leave()).isCompleted();
        assertThat(session.close(Duration.ofSeconds(1))).isCompleted();

        assertThat(session).hasFieldOrPropertyWithValue("line", null);
    }
}
