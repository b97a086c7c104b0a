package org.imsession.camel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.imsession.camel.crash.Ledger;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four teams of one agent each, shared by two nodes; each node starts with its own two, and the other two a little
 * later. When one dies, the other follows its teams as well, and its own do not notice.
 */
class ShardingTest {

    private static final List<String> TEAMS = List.of("alice", "bob", "carol", "dave");
    private static final List<String> EAST = List.of("alice", "bob");
    private static final List<String> WEST = List.of("carol", "dave");

    /** On a busy machine five routes may start later than 10 s after the death: that promise is FailOverTest's. */
    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create(GwsSettings.defaults().withMaxInterval(Duration.ofSeconds(60)))
            .agent("alice", "secret").agent("bob", "secret").agent("carol", "secret").agent("dave", "secret");

    @TempDir
    Path shared;

    @Test
    void theTeamsOfADeadNodeMoveAndNoOther() throws Exception {
        List<Texts> all = new ArrayList<>();
        try (Cluster cluster = Cluster.Kind.FILES.open(); Node east = start("east", cluster, EAST);
             Node west = start("west", cluster, WEST)) {
            east.awaitStarted();
            west.awaitStarted();
            for (String team : TEAMS) {
                assertThat(gws.agent(team).awaitSubscribed(Duration.ofSeconds(30)))
                        .as(() -> team + ": " + east.log() + west.log()).isTrue();
                all.add(new Texts(gws, team, shared));
            }
            for (Texts texts : all) {
                texts.awaitAt(EAST.contains(texts.agent()) ? east : west);
            }
            east.kill();
            for (Texts texts : all) {
                texts.awaitAt(west);
            }
            for (Texts texts : all) {
                Ledger.Sums sums = texts.end();
                assertThat(sums.delivered()).as(texts.agent()).isEqualTo(sums.sent());
                assertThat(sums.gaps() + sums.unmarked() + sums.outOfOrder()).as(texts.agent()).isZero();
                if (WEST.contains(texts.agent())) {
                    assertThat(sums.again()).as("the others do not notice: " + texts.agent()).isZero();
                }
            }
        } finally {
            all.forEach(Texts::close);
        }
        assertThat(gws.requests().count(Step.HANDSHAKE)).as("a session for each").isEqualTo(TEAMS.size());
    }

    /** As the README says: a block for each team, and those of other nodes start later. */
    private Node start(String name, Cluster cluster, List<String> own) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "camel.routecontroller.enabled = true",
                "camel.routecontroller.exclude-routes = " + own.stream().map(ShardingTest::route)
                        .collect(Collectors.joining(",")),
                "camel.routecontroller.initial-delay = 8000"));
        for (String team : TEAMS.subList(1, TEAMS.size())) {
            String block = "camel.route-template[" + route(team) + "].";
            lines.add(block + "template-id = im-split");
            lines.add(block + "agent = " + team);
            lines.add(block + "password = im.password");
            lines.add(block + "cluster = master:" + team + ":");
        }
        return Node.start(name, shared, gws, cluster, Map.of(), lines);
    }

    /** The first is the one in application.properties. */
    private static String route(String team) {
        return team.equals(TEAMS.get(0)) ? "im-agent" : "team-" + team;
    }
}
