package org.imsession.camel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentList;
import org.imsession.camel.spi.Credential;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A vault that hangs is the business of the agents whose passwords it has: it used to take all places of logins. */
class HungVaultTest {

    private static final int PLAIN = 8;
    private static final int HUNG = 60;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();
    private final AgentList team = new AgentList();
    private final CountDownLatch mended = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void mend() {
        mended.countDown();
    }

    private CompletionStage<Credential> hang(String agent) {
        asked.incrementAndGet();
        try {
            mended.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("given up", e);
        }
        return well(agent);
    }

    private CompletionStage<Credential> well(String agent) {
        return CompletableFuture.completedFuture(new Credential.Password(agent, "secret"));
    }

    private List<String> agents(String name, int number) {
        return IntStream.range(0, number).mapToObj(i -> name + i).peek(agent -> gws.agent(agent, "secret")).toList();
    }

    /** With two logins at a time, and many who ask a vault that hangs. */
    private ListeningRoute listen(int requestTimeout) throws Exception {
        agents("hung", HUNG).forEach(agent -> team.put(agent, (AgentCredentials) this::hang));
        ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getComponent("imsession", IMSessionComponent.class).setConcurrentLogins(2);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team",
                "requestTimeout=" + requestTimeout)).start();
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> asked.get() >= 2);
        return route;
    }

    @Test
    void delaysNobodyWhosePasswordIsKnown() throws Exception {
        try (ListeningRoute route = listen(60_000)) {
            agents("plain", PLAIN).forEach(agent -> team.put(agent, "secret"));
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == PLAIN
                    && route.consumer().getReconnects() == 0);
            gws.restart();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == PLAIN
                    && route.consumer().getReconnects() == PLAIN);
            assertThat(asked).as("threads held").hasValueLessThanOrEqualTo(16);
            mended.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getLiveAgents() == PLAIN + HUNG);
        }
    }

    @Test
    void makesOthersWhoAskAVaultWaitForTheirTurnButNotForEver() throws Exception {
        try (ListeningRoute route = listen(500)) {
            agents("well", PLAIN).forEach(agent -> team.put(agent, (AgentCredentials) this::well));
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == PLAIN);
            mended.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getLiveAgents() == PLAIN + HUNG);
        }
    }
}
