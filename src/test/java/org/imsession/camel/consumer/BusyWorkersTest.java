package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentence 3 of the delivery contract when every worker is in a route that blocks. */
class BusyWorkersTest {

    private static final Duration MAX_INTERVAL = Duration.ofSeconds(2);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(MAX_INTERVAL))
            .agent("alice", "secret").agent("bob", "secret");

    /** With a state repository, the position was kept by a worker before each connect that acknowledged something. */
    @ParameterizedTest
    @ValueSource(strings = { "", "#state" })
    void doNotCostTheSessionOfAnAgentWhoseExchangesEndElsewhere(String repository) throws Exception {
        CountDownLatch alices = new CountDownLatch(1);
        CountDownLatch bobs = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("state", new MemoryStateRepository()))
                .with(context -> context.getComponent("imsession", IMSessionComponent.class).setWorkerThreads(1))) {
            route.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(ListeningRoute.uri(gws, "alice", "stateRepository=" + repository)).routeId("listening")
                            .process(route.noting("listening")).threads(1).process(exchange -> await(alices));
                }
            });
            route.add("bob", ListeningRoute.uri(gws, "bob"), exchange -> await(bobs)).start();
            route.awaitSettled();
            route.awaitState("bob", "LIVE");
            gws.agent("alice").session().talks();
            route.takeOrigin("live");
            gws.agent("bob").session().talks();
            route.inbox("bob").take();
            alices.countDown();
            long until = System.nanoTime() + MAX_INTERVAL.multipliedBy(2).toNanos();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> System.nanoTime() > until);
            assertThat(gws.agent("alice").queued()).as("acknowledged meanwhile").isZero();
            bobs.countDown();
            gws.agent("alice").session().says("next");
            assertThat(route.takeText()).isEqualTo("next");
            assertThat(gws.requests().count(Step.HANDSHAKE, "alice")).isEqualTo(1);
            assertThat(route.attribute("Gaps")).isEqualTo("0");
        }
    }

    private static void await(CountDownLatch gate) throws InterruptedException {
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
