package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a directory tells late, for its look hung across a stop, is of no effect on what is measured since. */
class LateRosterTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AgentDirectory.Listener> listeners = new CopyOnWriteArrayList<>();

    private ListeningRoute listen(AgentList team) throws Exception {
        AgentDirectory directory = listener -> {
            listeners.add(listener);
            return team.follow(listener);
        };
        return ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", directory);
            context.getRegistry().bind("metricsRegistry", registry);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=#team", "metersPerAgent=true"))
                .start();
    }

    private void tells(int run, AgentList roster) {
        roster.follow(listeners.get(run));
    }

    private int measured(String agent) {
        return registry.find("imsession.agent.live").tag("agent", agent).meters().size();
    }

    private static void stop(ListeningRoute route, boolean byRoute) throws Exception {
        if (byRoute) {
            route.context().getRouteController().stopRoute("listening");
        } else {
            route.consumer().stop();
        }
    }

    private static void start(ListeningRoute route, boolean byRoute) throws Exception {
        if (byRoute) {
            route.context().getRouteController().startRoute("listening");
        } else {
            route.consumer().start();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void afterAStopItMeasuresNobody(boolean byRoute) throws Exception {
        try (ListeningRoute route = listen(new AgentList().put("alice", "secret"))) {
            assertThat(measured("alice")).isEqualTo(1);
            stop(route, byRoute);
            tells(0, new AgentList().put("bob", "secret"));
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    /** A route that starts again has a new consumer, and one that is started again by JMX is the same. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void afterARestartTheMetersAreThoseOfWhoIsFollowed(boolean byRoute) throws Exception {
        AgentList team = new AgentList().put("alice", "secret");
        try (ListeningRoute route = listen(team)) {
            stop(route, byRoute);
            start(route, byRoute);
            tells(0, new AgentList().put("bob", "secret"));
            assertThat(measured("alice")).isEqualTo(1);
            assertThat(measured("bob")).isZero();
            assertThat(route.consumer().getAgents()).isEqualTo(1);
            team.put("bob", "secret");
            assertThat(measured("bob")).as("told to this run").isEqualTo(1);
        }
    }
}
