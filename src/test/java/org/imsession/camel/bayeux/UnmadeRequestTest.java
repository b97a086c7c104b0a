package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connect that cannot be made, for want of memory for example, is tried again within the session. */
class UnmadeRequestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    static Stream<Throwable> thrown() {
        return Stream.of(new InternalError("s"), new StackOverflowError(),
                new IllegalStateException("s"));
    }

    /** CometD was not told of an Error, and the session ended as a silent one. */
    @ParameterizedTest
    @MethodSource("thrown")
    void costsNoSession(Throwable thrown) throws Exception {
        AtomicReference<Throwable> fault = new AtomicReference<>(thrown);
        try (LoggedIn alice = new LoggedIn(gws.url())) {
            alice.decorator = request -> {
                if (gws.agent("alice").subscribers() > 0 && fault.get() != null) {
                    throw UnmadeRequestTest.<RuntimeException>sneaky(fault.getAndSet(null));
                }
            };
            BayeuxSession session = alice.session(System::nanoTime, Instant::now);
            session.open(null);
            Awaitility.await().atMost(PATIENCE).until(() -> gws.agent("alice").subscribers() > 0);
            Awaitility.await().atMost(PATIENCE).until(() -> gws.requests().count(Step.CONNECT) > 0);
            long before = gws.requests().count(Step.CONNECT);
            gws.agent("alice").answerHeldConnect();
            Awaitility.await().atMost(PATIENCE).until(() -> {
                gws.agent("alice").answerHeldConnect(); // until it was one that was held
                return fault.get() == null && gws.requests().count(Step.CONNECT) > before + 1;
            });
            assertThat(alice.interruptions).extracting(BayeuxFailure::kind)
                    .containsExactly(BayeuxFailure.Kind.UNREACHABLE);
            assertThat(alice.losses).isEmpty();
            assertThat(gws.requests().count(Step.HANDSHAKE)).isEqualTo(1);
            session.leave();
        }
    }


    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }
}
