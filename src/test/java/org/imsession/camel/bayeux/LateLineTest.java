package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CometD's client and the hundred classes behind it are a fifth of the start of a route, which needs none of them. */
class LateLineTest {

    private final List<BayeuxFailure> lost = new ArrayList<>();
    private final BayeuxSession session = new BayeuxSession(null, null, null, request -> { }, null, System::nanoTime,
            Clock.systemUTC(), null, null, listener());

    private BayeuxSessionListener listener() {
        return (BayeuxSessionListener) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {BayeuxSessionListener.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("lost");
                    lost.add((BayeuxFailure) arguments[0]);
                    return null;
                });
    }

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
        assertThat(lost).isEmpty();
    }

    /** As with no memory for it, or a wrong jar: here it has no client. The feed backs off and opens it again. */
    @Test
    void thatItCannotBeMadeIsASessionThatIsLost() {
        session.open(null);
        session.open(null);

        assertThat(lost).hasSize(2).allSatisfy(failure -> {
            assertThat(failure.kind()).isEqualTo(BayeuxFailure.Kind.UNREACHABLE);
            assertThat(failure.detail()).isEqualTo("the handshake failed on this side (NullPointerException), not on"
                    + " the network. That is a fault of a bean or of this component, to be reported with its version");
        });
    }
}
