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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four teams of four agents each, whose names and passwords are in a file for each team, and the agent that the sample
 * settings begin with, shared by two nodes. One node is killed while all of them hear texts: the other takes its teams
 * over, whole, and every text of every agent is accounted for by number.
 */
class ShardedTeamsTest {

    private static final List<String> EAST = List.of("alice", "team-a", "team-b");
    private static final List<String> WEST = List.of("team-c", "team-d");
    private static final int AGENTS = 4;
    private static final int PAUSE_MILLIS = 50;

    /** On a busy machine five routes may start later than 10 s after the death: that promise is FailOverTest's. */
    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(60)));

    @TempDir
    Path shared;
    private final Map<String, List<String>> teams = new LinkedHashMap<>();

    @BeforeEach
    void hire() throws Exception {
        gws.agent("alice", "secret");
        teams.put("alice", List.of("alice"));
        for (String team : List.of("team-a", "team-b", "team-c", "team-d")) {
            List<String> agents = IntStream.range(0, AGENTS).mapToObj(number -> team + "-" + number).toList();
            agents.forEach(agent -> gws.agent(agent, "secret"));
            Path file = Files.writeString(file(team), agents.stream().map(agent -> agent + " = secret")
                    .collect(Collectors.joining("\n")));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            teams.put(team, agents);
        }
    }

    private Path file(String team) {
        return shared.resolve(team + ".agents");
    }

    @Test
    void theTeamsOfADeadNodeMoveWholeAndNoTextIsLost() throws Exception {
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
        } finally {
            all.forEach(Texts::close);
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("a session for each").isEqualTo(all.size());
    }

    private List<String> agents(Iterable<String> of) {
        List<String> agents = new ArrayList<>();
        of.forEach(team -> agents.addAll(teams.get(team)));
        return agents;
    }

    /** As the README says: a block for each team, and those of other nodes start later. */
    private Node start(String name, Cluster cluster, List<String> own) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "camel.routecontroller.enabled = true",
                "camel.routecontroller.exclude-routes = " + own.stream().map(ShardedTeamsTest::route)
                        .collect(Collectors.joining(",")),
                "camel.routecontroller.initial-delay = 8000"));
        teams.keySet().stream().skip(1).forEach(team -> {
            String block = "camel.route-template[" + team + "].";
            lines.add(block + "template-id = im-split");
            lines.add(block + "agent = " + team);
            lines.add(block + "login = agents=file:" + file(team));
            lines.add(block + "cluster = master:" + team + ":");
        });
        return Node.start(name, shared, gws, cluster, Map.of(), lines);
    }

    /** That of the first is in application.properties. */
    private static String route(String team) {
        return team.equals("alice") ? "im-agent" : team;
    }
}
