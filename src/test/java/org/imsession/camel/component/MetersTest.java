package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Meters are there where Micrometer and a registry are, and nothing is amiss where they are not. Row S13 of the fault
 * matrix: no agent is named in them unless that is asked for.
 */
class MetersTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret").agent("bob", "secret");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AgentList team = new AgentList().put("alice", "secret").put("bob", "wrong");

    private ListeningRoute listen(String... options) throws Exception {
        String[] all = new String[options.length + 2];
        all[0] = "password=";
        all[1] = "agents=#team";
        System.arraycopy(options, 0, all, 2, options.length);
        ListeningRoute route = ListeningRoute.prepared().with(context -> {
            context.getRegistry().bind("team", team);
            context.getRegistry().bind("metricsRegistry", registry);
        }).add("listening", ListeningRoute.uri(gws, "team-a", all)).start();
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 1
                && route.consumer().getParkedAgents() == 1);
        return route;
    }

    private void awaitValue(String name, double value, String... tags) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() -> assertThat(registry.get(name).tags(tags)
                .meter().measure().iterator().next().getValue()).as(name).isEqualTo(value));
    }

    private Set<String> names() {
        return registry.getMeters().stream().map(meter -> meter.getId().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theTeamIsMeasuredWithoutANameOfAnAgent() throws Exception {
        try (ListeningRoute route = listen()) {
            gws.agent("alice").session().says("Hello");
            route.inbox().takeText();
            awaitValue("imsession.agents", 1, "state", "live", "route", "listening", "team", "team-a");
            awaitValue("imsession.agents", 1, "state", "parked");
            awaitValue("imsession.agents", 0, "state", "reconnecting");
            awaitValue("imsession.parkings", 1);
            awaitValue("imsession.login.failures", 1);
            assertThat(registry.get("imsession.silent.age").timeGauge().value(TimeUnit.SECONDS))
                    .as("of bob, who is parked").isBetween(0.001, 60.0);
            awaitValue("imsession.pending", 0);
            awaitValue("imsession.gaps", 0);
            awaitValue("imsession.reconnects", 0);
            awaitValue("imsession.redeliveries", 0);
            assertThat(registry.get("imsession.events").functionCounter().count()).isPositive();
            assertThat(registry.get("imsession.last.event.age").timeGauge().value()).isBetween(0.0, 60.0);
            assertThat(names()).allMatch(name -> name.startsWith("imsession."));
            assertThat(registry.getMeters()).extracting(Meter::getId)
                    .allMatch(id -> id.getTag("agent") == null);
        }
        assertThat(registry.getMeters()).as("after the stop").isEmpty();
    }

    @Test
    void whatIsLostIsCounted() throws Exception {
        try (ListeningRoute route = listen()) {
            gws.restart();
            route.inbox().takeGap();
            awaitValue("imsession.gaps", 1);
            awaitValue("imsession.reconnects", 1);
        }
    }

    @Test
    void agentsAreNamedIfAskedForAndGoWithTheAgent() throws Exception {
        try (ListeningRoute route = listen("metersPerAgent=true")) {
            awaitValue("imsession.agent.live", 1, "agent", "alice");
            awaitValue("imsession.agent.live", 0, "agent", "bob");
            awaitValue("imsession.agent.silent.age", 0, "agent", "alice");
            assertThat(registry.get("imsession.agent.silent.age").tag("agent", "bob").timeGauge()
                    .value(TimeUnit.SECONDS)).isPositive();
            team.remove("bob");
            assertThat(registry.find("imsession.agent.live").tag("agent", "bob").meters()).isEmpty();
            assertThat(registry.find("imsession.agent.events").tag("agent", "alice").meters()).hasSize(1);
        }
    }

    /** The name in the path of an endpoint is that of an agent, unless it is a team's. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aRouteThatFollowsOneAgentNamesItOnlyIfAskedTo(boolean named) throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("metricsRegistry", registry))
                .add("listening", ListeningRoute.uri(gws, "alice", "metersPerAgent=" + named)).start()) {
            route.awaitState("LIVE");
            awaitValue("imsession.agents", 1, "state", "live", "route", "listening", "team", "none");
            assertThat(registry.getMeters().stream().map(Meter::getId)
                    .filter(id -> id.getTags().stream().anyMatch(tag -> tag.getValue().equals("alice"))))
                    .hasSize(named ? 9 : 0).allMatch(id -> "alice".equals(id.getTag("agent")));
        }
    }

    /** What a program does that has no Micrometer in its class path; called in a class loader of its own. */
    public static final class Program {

        private Program() {
        }

        public static String run(String serverUrl) throws Exception {
            assertThatThrownBy(() -> Class.forName("io.micrometer.core.instrument.MeterRegistry"))
                    .isInstanceOf(ClassNotFoundException.class);
            try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(serverUrl, "alice"))) {
                route.awaitState("LIVE");
                return route.consumer().getClass().getClassLoader().getName();
            }
        }
    }

    @Test
    void withoutMicrometerAllElseWorks() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!part.contains("micrometer-core")) {
                classPath.add(Path.of(part).toUri().toURL());
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader("bare", classPath.toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Object world = loader.loadClass(Program.class.getName()).getMethod("run", String.class)
                    .invoke(null, gws.url());
            assertThat(world).isEqualTo("bare");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
