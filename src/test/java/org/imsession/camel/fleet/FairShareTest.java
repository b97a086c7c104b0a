package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Neither one who is chatty nor one whose route blocks takes the threads from the others. */
class FairShareTest {

    private static final int MANY = 900;
    /**
     * The turns that may come first, of 256 events at most: one before what is to be read, one before what is
     * delivered.
     */
    private static final int SHARES = 2 * 256 + 1;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("chatty", "secret").agent("quiet", "secret");
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void open() {
        gate.countDown();
    }

    private void note(Exchange exchange) throws InterruptedException {
        if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text) {
            String agent = exchange.getIn().getHeader(IMSessionConstants.AGENT, String.class);
            order.add(agent);
            if (agent.equals("chatty") && text.message().equals("0")) {
                assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private ListeningRoute listen(int workers) throws Exception {
        AgentList team = new AgentList().put("chatty", "secret").put("quiet", "secret");
        ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getComponent("imsession", IMSessionComponent.class).setWorkerThreads(workers);
        }).add("listening", ListeningRoute.uri(gws, "team", "password=", "agents=#team"), this::note).start();
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 2
                && route.consumer().isResynchronised());
        return route;
    }

    /** Whether an answer is being taken in: what it holds counts as pending, but may not stand in the queue yet. */
    private static boolean isTakenIn() {
        return Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream).anyMatch(frame ->
                frame.getClassName().endsWith(".feed.Intake") && frame.getMethodName().equals("received"));
    }

    @Test
    void withOneThreadTheQuietOneWaitsForAShareOfTheChattyOneAndNotForAll() throws Exception {
        try (ListeningRoute route = listen(1)) {
            gws.agent("quiet").session().talks(); // else its beginning comes first, and the text with the next answer
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    !route.consumer().agentState("quiet").contains("received=0")
                            && route.consumer().getPendingEvents() == 0);
            for (int i = 0; i < MANY; i++) {
                gws.agent("chatty").session().says(String.valueOf(i));
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> order.size() == 1);
            gws.agent("quiet").session().says("Hello");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getPendingEvents() >= MANY + 1
                            && !route.consumer().agentState("quiet").contains("pending=0") && !isTakenIn());
            gate.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> order.size() == MANY + 1);
            assertThat(order.indexOf("quiet")).isLessThanOrEqualTo(SHARES);
        }
    }

    @Test
    void anAgentWhoseRouteBlocksHoldsOneThreadHoweverMuchItHasToSay() throws Exception {
        try (ListeningRoute route = listen(2)) {
            for (int i = 0; i < MANY; i++) {
                gws.agent("chatty").session().says(String.valueOf(i));
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> order.size() == 1);
            for (int i = 0; i < MANY; i++) {
                gws.agent("quiet").session().says(String.valueOf(i));
            }
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> order.size() == MANY + 1);
            assertThat(order.stream().filter("chatty"::equals)).hasSize(1);
            assertThat(route.consumer().getLiveAgents()).as("a blocked route costs no session").isEqualTo(2);
            gate.countDown();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> order.size() == 2 * MANY);
        }
    }
}
