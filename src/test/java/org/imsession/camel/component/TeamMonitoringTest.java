package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a team: how many are in which state, who is not live, since when and why. */
class TeamMonitoringTest {

    private static final String SECRET = "s3cret-Passw0rd";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();
    @TempDir
    private Path folder;

    /** Four agents are well, mallory has a wrong password, and the entry of nick cannot be used. */
    private ListeningRoute listen(boolean managed, String... options) throws Exception {
        StringBuilder lines = new StringBuilder("mallory=wrong-Passw0rd\nnick={{not.there}}\n");
        gws.agent("mallory", SECRET).agent("nick", SECRET);
        for (int i = 0; i < 4; i++) {
            gws.agent("agent" + i, SECRET);
            lines.append("agent").append(i).append('=').append(SECRET).append('\n');
        }
        Path file = Files.writeString(folder.resolve("agents.properties"), lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String[] all = new String[options.length + 3];
        all[0] = "password=";
        all[1] = "agents=file:" + file;
        all[2] = "agentsCheckInterval=100";
        System.arraycopy(options, 0, all, 3, options.length);
        ListeningRoute route = ListeningRoute.prepared(managed)
                .add("listening", ListeningRoute.uri(gws, "team-a", all)).start();
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 4
                && route.consumer().getParkedAgents() == 2);
        return route;
    }

    @Test
    void healthIsDownWithTheWorstNamedIfTooFewAreLive() throws Exception {
        try (ListeningRoute route = listen(false, "healthNames=1")) {
            HealthCheck.Result health = route.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElseThrow()).contains("4 of 6 agents are live").contains("90 percent");
            assertThat(health.getDetails()).containsEntry("team", "team-a").containsEntry("agents", 6)
                    .containsEntry("agents.LIVE", 4).containsEntry("agents.PARKED", 2)
                    .containsEntry("directory", "up to date").containsEntry("rejectedEntries", 1)
                    .doesNotContainKey("notLive.2");
            assertThat(health.getDetails().get("notLive.1").toString()).startsWith("agent mallory at 127.0.0.1:")
                    .contains(" receives nothing since ", ", state=PARKED attempts=1: ",
                            "does not accept the credential");
            assertThat(health.getDetails().get("rejected.1").toString()).contains("line 2").contains("nick");
            assertThat(health.getDetails() + " " + health.getMessage()).doesNotContain("Passw0rd");
        }
    }

    @Test
    void healthIsUpIfEnoughAreLiveAndNamesTheOthersAllTheSame() throws Exception {
        try (ListeningRoute route = listen(false, "minLiveAgents=66")) {
            HealthCheck.Result health = route.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(health.getCheck().isLiveness()).isFalse();
            assertThat(health.getDetails()).containsKeys("notLive.1", "notLive.2");
        }
    }

    @Test
    void aFileThatVanishesIsSaidInTheHealthDetailsAndNobodyIsLost() throws Exception {
        try (ListeningRoute route = listen(false)) {
            Files.delete(folder.resolve("agents.properties"));
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.health().getDetails().get("directory").toString().contains("does not exist"));
            assertThat(route.consumer().getLiveAgents()).isEqualTo(4);
        }
    }

    @Test
    void theDevConsoleShowsEachAgentAndTheTeam() throws Exception {
        try (ListeningRoute route = listen(false)) {
            String text = (String) route.console(DevConsole.MediaType.TEXT);
            assertThat(text.lines().filter(line -> line.contains("state=LIVE"))).hasSize(4);
            assertThat(text).contains("agent=mallory").contains("agent=nick").contains("team=team-a route=listening"
                    + " agents=6").contains("agents.properties line 2");
            JsonObject team = (JsonObject) ((JsonObject) route.console(DevConsole.MediaType.JSON))
                    .getCollection("teams").iterator().next();
            assertThat(team).containsEntry("agents", 6);
            assertThat(text + team.toJson()).doesNotContain("Passw0rd");
        }
    }

    private static ObjectName consumer(ListeningRoute route, MBeanServer server) throws Exception {
        return server.queryNames(new ObjectName("*:context=" + route.context().getManagementName()
                + ",type=consumers,name=IMSessionConsumer*"), null).iterator().next();
    }

    @Test
    void jmxShowsEachAgentWhetherOrNotItIsLive() throws Exception {
        try (ListeningRoute route = listen(true)) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName consumer = consumer(route, server);
            List<?> all = (List<?>) server.invoke(consumer, "agentStates", new Object[0], new String[0]);
            assertThat(all).hasSize(6).extracting(String::valueOf).isSorted().noneMatch(line ->
                    line.contains("Passw0rd"));
            assertThat(all.get(0).toString()).startsWith("agent=agent0 ").contains(" state=LIVE ");
            assertThat(all.get(5).toString()).startsWith("agent=nick ").contains("line 2");
            assertThat(agentState(server, consumer, "mallory")).startsWith("agent=mallory ")
                    .contains(" state=PARKED ");
            assertThat(agentState(server, consumer, "agent3")).startsWith("agent=agent3 ")
                    .contains(" state=LIVE ").contains(" gaps=0 ");
            assertThatThrownBy(() -> agentState(server, consumer, "nobody")).rootCause()
                    .hasMessageContaining("There is no agent nobody");
        }
    }

    private static String agentState(MBeanServer server, ObjectName consumer, String agent) throws Exception {
        return (String) server.invoke(consumer, "agentState", new Object[] { agent },
                new String[] { String.class.getName() });
    }

    @Test
    void jmxCountsThemAndTriesOneAgain() throws Exception {
        try (ListeningRoute route = listen(true)) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName consumer = consumer(route, server);
            assertThat(server.getAttribute(consumer, "AgentsByState")).isEqualTo("{LIVE=4, PARKED=2}");
            assertThat(server.getAttribute(consumer, "FeedState")).isEqualTo("LIVE=4 PARKED=2");
            assertThat(server.getAttribute(consumer, "NotLive").toString()).contains("agent=mallory")
                    .contains("agent=nick").doesNotContain("Passw0rd");
            assertThat(server.getAttribute(consumer, "RejectedEntries").toString()).contains("line 2");
            gws.agent("mallory", "wrong-Passw0rd");
            server.invoke(consumer, "retryNow", new Object[] { "mallory" }, new String[] { String.class.getName() });
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 5);
        }
    }
}
