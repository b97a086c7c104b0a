package org.imsession.camel.fleet;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.directory.AgentsFile;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.AgentList;
import org.imsession.camel.spi.Credential;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One endpoint follows all agents of its directory, as it changes. */
class TeamRouteTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret-a").agent("bob", "secret-b")
            .agent("carol", "secret-c");
    @TempDir
    private Path folder;

    private String uri(String agents, String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "password=";
        all[1] = "agents=" + agents;
        all[2] = "agentsCheckInterval=100";
        System.arraycopy(options, 0, all, 3, options.length);
        return ListeningRoute.uri(gws, "team-a", all);
    }

    private Path file(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("agents.properties"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static ListeningRoute with(AgentDirectory directory, String uri) throws Exception {
        return ListeningRoute.prepared().with(context -> context.getRegistry().bind("team", directory))
                .add("listening", uri).start();
    }

    private void everybodySays(String text, String... agents) {
        for (String agent : agents) {
            gws.agent(agent).session().says(text + " " + agent);
        }
    }

    private static void assertHears(ListeningRoute route, String text, String... agents) throws Exception {
        Set<String> heard = new TreeSet<>();
        while (heard.size() < agents.length) {
            Exchange exchange = route.inbox().take();
            if (exchange.getIn().getBody() instanceof IMLogUpdateMessage message) {
                String agent = exchange.getIn().getHeader(IMSessionConstants.AGENT, String.class);
                assertThat(message.message()).isEqualTo(text + " " + agent);
                heard.add(agent);
            }
        }
        assertThat(heard).containsExactlyInAnyOrder(agents);
    }

    private static void awaitLive(ListeningRoute route, int agents) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == agents
                && route.consumer().getAgents() == agents && route.consumer().isResynchronised());
    }

    @Test
    void theAgentsOfABeanAreFollowedAndExchangesSayWhose() throws Exception {
        AgentList team = new AgentList().put("alice", "secret-a").put("bob", "secret-b");
        try (ListeningRoute route = with(team, uri("#team"))) {
            awaitLive(route, 2);
            everybodySays("Hello", "alice", "bob");
            assertHears(route, "Hello", "alice", "bob");
        }
    }

    @Test
    void theAgentsOfAFileAreFollowed() throws Exception {
        Path file = file("alice=secret-a\nbob=secret-b\n");
        try (ListeningRoute route = ListeningRoute.from(uri("file:" + file))) {
            awaitLive(route, 2);
            everybodySays("Hello", "alice", "bob");
            assertHears(route, "Hello", "alice", "bob");
        }
    }

    @Test
    void whoIsAddedIsFollowedAndWhoIsRemovedIsLoggedOutOfTheTopic() throws Exception {
        Path file = file("alice=secret-a\nbob=secret-b\n");
        try (ListeningRoute route = ListeningRoute.from(uri("file:" + file))) {
            awaitLive(route, 2);
            Files.writeString(file, "bob=secret-b\ncarol=secret-c\n");
            assertThat(gws.agent("carol").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("alice").awaitSubscribers(0, ListeningRoute.PATIENCE)).isTrue();
            awaitLive(route, 2);
            everybodySays("Hello", "bob", "carol");
            assertHears(route, "Hello", "bob", "carol");
            assertThat(gws.requests().count(Step.DISCONNECT)).isEqualTo(1);
            assertThat(gws.requests().count(Step.HANDSHAKE)).as("bob is not disturbed").isEqualTo(3);
        }
    }

    /** One thread used to look at the files of all teams. A named pipe without a writer hangs as a dead mount does. */
    @Test
    void aFileWhoseDiskHangsHoldsUpNoOtherTeam() throws Exception {
        Path file = Files.copy(file("bob=secret-b\n"), folder.resolve("other.properties"), COPY_ATTRIBUTES);
        Path hanging = file("alice=secret-a\n");
        Path pipe = folder.resolve("pipe");
        try (ListeningRoute route = ListeningRoute.prepared().add("hanging", uri("file:" + hanging))
                .add("listening", uri("file:" + file)).start()) {
            awaitLive(route, 1);
            route.awaitState("hanging", "LIVE");
            assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor()).isZero();
            Files.move(pipe, hanging, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(TeamRouteTest::aFileIsWaitedFor);
            Files.writeString(file, "bob=secret-b\ncarol=secret-c\n");
            awaitLive(route, 2);
            assertThat(route.consumer("hanging").getLiveAgents()).as("followed as before").isEqualTo(1);
        } finally {
            new RandomAccessFile(hanging.toFile(), "rw").close(); // a writer, for whoever still waits for one
        }
    }

    private static boolean aFileIsWaitedFor() {
        return Thread.getAllStackTraces().values().stream().anyMatch(stack ->
                stack.length > 0 && stack[0].getMethodName().startsWith("open")
                        && Stream.of(stack).anyMatch(frame ->
                        frame.getClassName().startsWith(AgentsFile.class.getName())));
    }

    @Test
    void anotherPasswordIsUsedByTheNextLoginAndHelpsAParkedAgentAtOnce() throws Exception {
        Path file = file("alice=wrong\nbob=secret-b\n");
        try (ListeningRoute route = ListeningRoute.from(uri("file:" + file))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getParkedAgents() == 1
                    && route.consumer().getLiveAgents() == 1);
            assertThat(route.consumer().getFeedState()).isEqualTo("LIVE=1 PARKED=1");
            Files.writeString(file, "alice=secret-a\nbob=secret-b\n");
            awaitLive(route, 2);
            gws.agent("bob", "new");
            Files.writeString(file, "alice=secret-a\nbob=new\n");
            gws.requests().clear();
            gws.restart();
            assertThat(gws.awaitRequest(Step.HANDSHAKE, 2, ListeningRoute.PATIENCE)).isTrue();
            awaitLive(route, 2);
        }
    }

    @Test
    void whoseEntryBreaksGoesOnWithTheCredentialsThatWereGood() throws Exception {
        Path file = file("alice=secret-a\nbob=secret-b\n");
        try (ListeningRoute route = ListeningRoute.from(uri("file:" + file))) {
            awaitLive(route, 2);
            Files.writeString(file, "alice={{not.there}}\nbob=secret-b\ncarol=\n");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                    route.consumer().getRejectedEntries().size() == 2);
            assertThat(route.consumer().getFeedState()).isEqualTo("LIVE=2 PARKED=1");
            assertThat(route.consumer().getNotLive()).singleElement().asString().contains("agent=carol")
                    .contains("agents.properties line 3");
            gws.requests().clear();
            gws.restart();
            assertThat(gws.awaitRequest(Step.HANDSHAKE, 2, ListeningRoute.PATIENCE)).isTrue();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 2
                    && route.consumer().getReconnects() == 2);
            assertThat(route.consumer().getRejectedEntries()).first().asString().contains("line 1").contains("alice");
        }
    }

    @Test
    void aFileThatOthersCanReadIsRefusedWithTheRemedy() throws Exception {
        Path file = file("alice=secret-a\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (ListeningRoute route = ListeningRoute.prepared().add("listening", uri("file:" + file))) {
            assertThatThrownBy(route::start).hasMessageContaining("chmod 600 " + file)
                    .hasMessageContaining("allowReadableAgentsFile=true");
        }
        try (ListeningRoute route = ListeningRoute.from(uri("file:" + file, "allowReadableAgentsFile=true"))) {
            awaitLive(route, 1);
        }
    }

    /** One of them used to cost everybody behind it. */
    @Test
    void anEntryOfABeanThatIsNoneCostsNoOther() throws Exception {
        Map<String, AgentCredentials> agents = new LinkedHashMap<>();
        agents.put("nobody", null);
        agents.put(null, AgentCredentials.ofPassword("x", "x"));
        agents.put(" ", AgentCredentials.ofPassword("x", "x"));
        agents.put("odd", new OddCredentials());
        agents.put("alice", AgentCredentials.ofPassword("alice", "secret-a"));
        AgentList team = new AgentList().putAll(agents);
        try (ListeningRoute route = with(team, uri("#team"))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 1
                    && route.consumer().agentState("alice").contains("LIVE"));
            assertThat(route.consumer().agentState("nobody")).contains("PARKED", "no credentials for agent nobody");
            assertThat(route.consumer().getRejectedEntries()).hasSize(3);
            team.put("bob", "secret-b");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 2);
            assertThat(route.consumer().getRejectedEntries()).anySatisfy(why ->
                    assertThat(why).contains("agent odd").contains(UnsupportedOperationException.class.getName()));
        }
    }

    /** A bean of somebody who has not thought of comparing. */
    private static final class OddCredentials implements AgentCredentials {

        @Override
        public CompletionStage<Credential> credential(String agent) {
            return CompletableFuture.failedFuture(new IllegalStateException());
        }

        @Override
        public boolean equals(Object other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
