package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Four teams, and the agent that the sample settings begin with, shared by two nodes; each node starts with its own,
 * and the others a little later. One node is killed while all agents hear texts: the other takes its teams over, whole,
 * its own do not notice, and every text of every agent is accounted for by number.
 */
class ShardingTest {

    /** The agent of application.properties, who is in no list. */
    private static final String FIRST = "alice";
    private static final List<String> EAST = List.of(FIRST, "team-a", "team-b");
    private static final List<String> WEST = List.of("team-c", "team-d");
    private static final int PAUSE_MILLIS = 50;

    /** On a busy machine five routes may start later than 10 s after the death: that promise is FailOverTest's. */
    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(60)))
            .agent(FIRST, "secret");

    @TempDir
    Path shared;
    private final Map<String, List<String>> teams = new LinkedHashMap<>(Map.of(FIRST, List.of(FIRST)));
    private final List<String> blocks = new ArrayList<>();

    /** A team that is one agent is followed with a password, one of several with a file of agents. */
    private void hire(String team, int size) throws Exception {
        List<String> agents = size == 1 ? List.of(team)
                : IntStream.range(0, size).mapToObj(number -> team + "-" + number).toList();
        agents.forEach(agent -> gws.agent(agent, "secret"));
        teams.put(team, agents);
        block(team, "template-id = im-split");
        block(team, "agent = " + team);
        block(team, size == 1 ? "passwordProperty = im.password" : "login = agents=file:" + file(team, agents));
        block(team, "cluster = master:" + team + ":");
    }

    private void block(String team, String line) {
        blocks.add("camel.route-template[" + team + "]." + line);
    }

    private Path file(String team, List<String> agents) throws Exception {
        Path file = Files.writeString(shared.resolve(team + ".agents"), agents.stream()
                .map(agent -> agent + " = secret").collect(Collectors.joining("\n")));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 4 })
    void theTeamsOfADeadNodeMoveWholeAndNoTextIsLost(int size) throws Exception {
        for (String team : List.of("team-a", "team-b", "team-c", "team-d")) {
            hire(team, size);
        }
        List<Texts> all = new ArrayList<>();
        try (Cluster cluster = Cluster.Kind.FILES.open(); Node east = start("east", cluster, EAST);
             Node west = start("west", cluster, WEST)) {
            east.awaitStarted();
            west.awaitStarted();
            for (String agent : agents(teams.keySet())) {
                assertThat(gws.agent(agent).awaitSubscribed(Duration.ofSeconds(30)))
                        .as(() -> agent + ": " + east.log() + west.log()).isTrue();
                all.add(new Texts(gws, agent, shared, PAUSE_MILLIS));
            }
            for (Texts texts : all) {
                texts.awaitAt(agents(EAST).contains(texts.agent()) ? east : west);
            }
            east.kill();
            for (Texts texts : all) {
                texts.awaitAt(west);
            }
            settle(all);
        } finally {
            all.forEach(Texts::close);
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("a session for each").isEqualTo(all.size());
    }

    private void settle(List<Texts> all) throws Exception {
        Ledger.Sums total = Ledger.Sums.NONE;
        for (Texts texts : all) {
            Ledger.Sums sums = texts.end();
            total = total.plus(sums);
            assertThat(sums.delivered()).as(texts.agent()).isEqualTo(sums.sent());
            assertThat(sums.gaps() + sums.unmarked() + sums.outOfOrder()).as(texts.agent()).isZero();
            if (agents(WEST).contains(texts.agent())) {
                assertThat(sums.again()).as("the others do not notice: " + texts.agent()).isZero();
            }
        }
        System.out.println(all.size() + " agents in " + teams.size() + " teams: " + total);
    }

    private List<String> agents(Iterable<String> of) {
        List<String> agents = new ArrayList<>();
        of.forEach(team -> agents.addAll(teams.get(team)));
        return agents;
    }

    /** As the manual says: a block for each team, and those of other nodes start later. */
    private Node start(String name, Cluster cluster, List<String> own) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "camel.routecontroller.enabled = true",
                "camel.routecontroller.exclude-routes = " + own.stream().map(ShardingTest::route)
                        .collect(Collectors.joining(",")),
                "camel.routecontroller.initial-delay = 8000"));
        lines.addAll(blocks);
        return Node.start(name, shared, gws, cluster, Map.of(), lines);
    }

    private static String route(String team) {
        return team.equals(FIRST) ? "im-agent" : team;
    }
}
