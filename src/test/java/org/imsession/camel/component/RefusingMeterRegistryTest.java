package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.ToDoubleFunction;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A registry of meters that refuses, such as one that is closed, costs meters, and no event. */
class RefusingMeterRegistryTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    private final AgentList team = new AgentList().put("alice", "secret");

    private ListeningRoute listen(SimpleMeterRegistry registry) throws Exception {
        return ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getRegistry().bind("metricsRegistry", registry);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team", "metersPerAgent=true"))
                .start();
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the registry is closed");
    }

    @Test
    void aRegistryThatRegistersNothingCostsNeitherTheStartNorTheTeam() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry() {
            @Override
            protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T of, ToDoubleFunction<T> value) {
                throw closed();
            }
        };
        try (ListeningRoute route = listen(registry)) {
            team.put("bob", "secret");
            assertThat(gws.agent("alice").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("bob").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            assertThat(registry.find("imsession.agent.live").meters()).as("those that it takes").hasSize(2);
            assertThat(log.with("IMS-014")).as("said once").singleElement().asString().contains("WARN")
                    .contains("route=listening").contains("the registry is closed");
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aRegistryThatRemovesNothingCostsNeitherADismissalNorTheStop() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry() {
            @Override
            public Meter remove(Meter meter) {
                throw closed();
            }
        };
        team.put("bob", "secret");
        try (ListeningRoute route = listen(registry)) {
            assertThat(gws.agent("alice").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("bob").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            team.remove("bob");
            assertThat(gws.agent("bob").awaitSubscribers(0, ListeningRoute.PATIENCE)).isTrue();
            route.context().getRouteController().stopRoute("listening");
            assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(2);
            assertThat(gws.agent("alice").subscribers()).isZero();
            assertThat(log.with("IMS-014")).as("said once").hasSize(1);
            route.context().getRouteController().startRoute("listening");
            assertThat(gws.agent("alice").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
        }
    }
}
