package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A directory is a user's bean: what it throws is told, and leaves nobody behind. */
class FailingDirectoryTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    private final AgentList agents = new AgentList().put("alice", "secret");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private ListeningRoute with(AgentDirectory directory) throws Exception {
        return ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", directory);
            context.getRegistry().bind("metricsRegistry", registry);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team", "metersPerAgent=true"));
    }

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.argumentSet("exception", (Runnable) () -> {
            throw new IllegalStateException("the directory is gone");
        }), Arguments.argumentSet("error", (Runnable) () -> {
            throw new NoClassDefFoundError("the directory is gone");
        }));
    }

    /** The agent was followed on for good, by a route that was Stopped, and its meters stayed. */
    @ParameterizedTest
    @MethodSource("failures")
    void aDirectoryThatCannotBeClosedLeavesNobodyBehind(Runnable failure) throws Exception {
        try (ListeningRoute route = with(listener -> {
            AgentDirectory.Registration registration = agents.follow(listener);
            return () -> {
                registration.close();
                failure.run();
            };
        }).start()) {
            route.awaitSettled();
            route.context().getRouteController().stopRoute("listening");
            assertThat(log.with("the directory is gone")).as("told").isNotEmpty();
            assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
            assertThat(gws.agent("alice").subscribers()).isZero();
            assertThat(registry.getMeters()).isEmpty();
            route.context().getRouteController().startRoute("listening");
            route.awaitSettled();
            gws.agent("alice").session().says("Hello");
            assertThat(route.takeText()).isEqualTo("Hello");
            assertThatThrownBy(route.consumer()::stop).as("as JMX does it").hasStackTraceContaining("is gone");
            assertThat(gws.agent("alice").subscribers()).isZero();
            route.consumer().start();
            route.awaitSettled();
        }
        assertThat(gws.agent("alice").subscribers()).isZero();
    }

    @Test
    void aDirectoryThatFailsAfterItHasToldTheTeamLeavesNobodyBehind() throws Exception {
        try (ListeningRoute route = with(listener -> {
            agents.follow(listener);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> gws.agent("alice").subscribers() == 1);
            throw new IllegalStateException("the directory is gone");
        })) {
            assertThatThrownBy(route::start).hasStackTraceContaining("the directory is gone");
            assertThat(gws.agent("alice").awaitSubscribers(0, ListeningRoute.PATIENCE)).isTrue();
            assertThat(registry.getMeters()).isEmpty();
        }
    }
}
