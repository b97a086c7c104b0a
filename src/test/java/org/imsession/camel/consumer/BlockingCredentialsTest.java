package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source of credentials that blocks, as many do, costs its own agent only: it used to hold a thread of all timers.
 */
class BlockingCredentialsTest {

    private static final List<String> HUNG = IntStream.range(0, 6).mapToObj(i -> "hung" + i).toList();

    @RegisterExtension
    final GwsSimulator gws = HUNG.stream().reduce(GwsSimulator.create().agent("alice", "secret"),
            (server, agent) -> server.agent(agent, "secret"), (one, other) -> one);

    private final CountDownLatch mended = new CountDownLatch(1);
    private final AtomicBoolean blocks = new AtomicBoolean(true);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** Blocks for all but alice. */
    private AgentCredentials blocking(boolean interruptible) {
        return agent -> {
            if (!agent.equals("alice") && blocks.get()) {
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                block(interruptible);
                atOnce.decrementAndGet();
            }
            return CompletableFuture.completedFuture(new Credential.Password(agent, "secret"));
        };
    }

    private void block(boolean interruptible) {
        boolean waiting = true;
        while (waiting) {
            try {
                mended.await();
                waiting = false;
            } catch (InterruptedException e) {
                waiting = !interruptible;
            }
        }
    }

    private ListeningRoute listen(AgentCredentials credentials) throws Exception {
        ListeningRoute route = ListeningRoute.prepared().with(context ->
                context.getRegistry().bind("vault", credentials));
        for (String agent : HUNG) {
            route.add(agent, ListeningRoute.uri(gws, agent, "password=", "credentials=#vault", "requestTimeout=500"));
        }
        return route.add("alice", ListeningRoute.uri(gws, "alice", "password=", "credentials=#vault",
                "requestTimeout=500")).start();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void costOnlyTheirOwnAgentWhichComesUpWhenTheyAnswer(boolean interruptible) throws Exception {
        try (ListeningRoute route = listen(blocking(interruptible))) {
            route.awaitState("alice", "LIVE");
            for (String agent : HUNG) {
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                        route.consumer(agent).getFeedReason().contains("gave no answer within 0.5 s")
                                && route.consumer(agent).getAttempts() >= 3);
            }
            gws.agent("alice").session().says("still here");
            assertThat(route.inbox("alice").takeText()).isEqualTo("still here");
            assertThat(mostAtOnce.get()).as("threads held").isLessThanOrEqualTo(HUNG.size());
            blocks.set(false);
            mended.countDown();
            for (String agent : HUNG) {
                route.awaitState(agent, "LIVE");
            }
        }
    }

    @Test
    void doNotHoldUpTheEndOfTheContext() throws Exception {
        ListeningRoute route = listen(blocking(true));
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> atOnce.get() > 0);
        long start = System.nanoTime();
        route.close();
        assertThat(System.nanoTime() - start).isLessThan(ListeningRoute.PATIENCE.toNanos());
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> atOnce.get() == 0);
    }
}
