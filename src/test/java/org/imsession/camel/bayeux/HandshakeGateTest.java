package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class HandshakeGateTest {

    private enum Way {
        LEFT(HandshakeGate::leave), CLOSED(HandshakeGate::close);

        private final Consumer<HandshakeGate> way;

        Way(Consumer<HandshakeGate> way) {
            this.way = way;
        }
    }

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Runnable> retries = new ArrayDeque<>();
    private Runnable handshake = () -> order.add("handshake");
    private final HandshakeGate gate = new HandshakeGate(() -> handshake.run(), () -> true,
            (task, millis) -> retries.add(task));

    /** Else it is aborted before it has begun, goes on for ever, and no session begins behind it. */
    @ParameterizedTest
    @EnumSource
    void whoLetsGoOfASessionThatIsAboutToBeginWaitsForItsHandshake(Way letGo) throws Exception {
        AtomicReference<Thread> other = new AtomicReference<>();
        handshake = () -> {
            Thread thread = new Thread(() -> {
                letGo.way.accept(gate);
                order.add("let go");
            });
            other.set(thread);
            thread.start();
            await().pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> thread.getState() == Thread.State.BLOCKED || order.contains("let go"));
            order.add("handshake");
        };

        gate.begin();

        other.get().join();
        assertThat(order).containsExactly("handshake", "let go");
    }

    @ParameterizedTest
    @EnumSource
    void noHandshakeBeginsBehindOneWhoHasLetGo(Way letGo) {
        handshake = () -> {
            throw new IllegalStateException("too early");
        };
        gate.begin();
        handshake = () -> order.add("handshake");

        letGo.way.accept(gate);
        retries.remove().run();

        assertThat(order).isEmpty();
        assertThat(retries).isEmpty();
    }

    @Test
    void theNextSessionBeginsWhenTheOneBeforeHasEnded() {
        gate.begin();
        gate.leave();
        gate.begin();
        retries.remove().run();
        assertThat(order).containsExactly("handshake");

        assertThat(gate.ended()).as("the end of the one that was left is nobody's").isFalse();
        retries.remove().run();

        assertThat(order).containsExactly("handshake", "handshake");
        assertThat(gate.ended()).isTrue();
    }

    @Test
    void whatHasBegunIsClosedByWhoeverBeganIt() {
        gate.begin();
        assertThat(gate.close()).isTrue();
        gate.ended();
        assertThat(gate.close()).isFalse();
    }
}
