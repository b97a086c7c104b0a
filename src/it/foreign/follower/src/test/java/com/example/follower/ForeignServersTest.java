package com.example.follower;

import static com.example.follower.ForeignServer.FOLDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imsession.simulator.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Agents on a server of another make, each by another way, through the same mishaps at the same time: whatever happens,
 * each number is delivered in order, or lies in one gap.
 */
class ForeignServersTest {

    private static final int ROUNDS = Integer.getInteger("rounds");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> OTHER_NODE = List.of("sticky sessions");
    private static final List<String> TABLE = new ArrayList<>(List.of(Book.Account.HEAD));

    static List<ForeignServer> servers() {
        return ForeignServer.ALL;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyNumberIsDeliveredInOrderOrInOneGap(ForeignServer server) throws Exception {
        assertThat(server.cometdJars()).isNotEmpty().allMatch(jar -> jar.endsWith("-" + server.version() + ".jar"));
        try (Node a = new Node(server, "a"); Node b = new Node(server, "b"); Nginx nginx = new Nginx(server, a, b);
             TcpProxy line = TcpProxy.to(a.port()); Agents agents = new Agents()) {
            Sender sender = new Sender(List.of(a, b));
            try (sender) {
                follow(agents, sender, a, b, nginx, line);
                endAndCount(agents, sender);
            } finally {
                for (Book book : agents.books()) {
                    TABLE.add(book.account(server, sender.sent()).row());
                }
            }
            for (Book book : agents.books()) {
                assertThat(book.faults()).as(book.agent()).isEmpty();
                assertThat(book.account(server, sender.sent()).unaccounted()).as("%s: lost silently; gaps: %s",
                        book.agent(), book.told()).isZero();
            }
        }
    }

    private static void follow(Agents agents, Sender sender, Node a, Node b, Nginx nginx, TcpProxy line)
            throws Exception {
        Book direct = agents.follow("direct", "none", line.url());
        Book one = agents.follow("one", "nginx, " + Nginx.ONE, nginx.url(Nginx.ONE));
        Book address = agents.follow("address", "nginx, " + Nginx.BY_ADDRESS, nginx.url(Nginx.BY_ADDRESS));
        Book cookie = agents.follow("cookie", "nginx, " + Nginx.BY_COOKIE, nginx.url(Nginx.BY_COOKIE));
        Book turn = agents.follow("turn", "nginx, " + Nginx.IN_TURN + " for a while", nginx.url(Nginx.IN_TURN));
        agents.awaitLive(agents.books());
        sender.begin();
        agents.awaitWell(sender, agents.books());
        for (int round = 1; round <= ROUNDS; round++) {
            line.endConnections(true);
            nginx.killWorkers();
            agents.awaitWell(sender, agents.books());
            nginx.reload();
            agents.awaitWell(sender, agents.books());
            a.kill();
            a.start();
            agents.awaitWell(sender, agents.books());
            b.stop();
            b.start();
            agents.awaitWell(sender, agents.books());
            assertThat(List.of(direct, one)).as("each life of a node ends in one gap, and nothing else does")
                    .extracting(Book::gaps).containsOnly(round);
        }
        nginx.reload(false);
        Book fresh = agents.follow("fresh", "nginx, " + Nginx.IN_TURN + " at first", nginx.url(Nginx.IN_TURN));
        Book local = agents.follow("local", "the same, logins good on one node only", nginx.url(Nginx.IN_TURN));
        for (Book lost : List.of(turn, fresh, local)) {
            await(lost.agent() + " is told why").atMost(PATIENCE)
                    .until(() -> agents.hasWarned(lost, OTHER_NODE));
        }
        agents.awaitWell(sender, List.of(direct, one, address, cookie));
        for (Book book : List.of(direct, one)) {
            assertThat(agents.hasWarned(book, OTHER_NODE)).as("a restart of the only node is taken for another one")
                    .isFalse();
        }
        nginx.reload(true);
        agents.awaitWell(sender, agents.books());
    }

    private static void endAndCount(Agents agents, Sender sender) throws InterruptedException {
        sender.close();
        for (Book book : agents.books()) {
            await(book.agent() + " gets the last number").atMost(PATIENCE)
                    .until(() -> book.highest() == sender.last());
        }
    }

    @AfterAll
    static void print() throws Exception {
        Files.createDirectories(FOLDER.resolve("target"));
        Files.write(FOLDER.resolve("target/table.md"), TABLE);
        TABLE.forEach(System.out::println);
    }
}
