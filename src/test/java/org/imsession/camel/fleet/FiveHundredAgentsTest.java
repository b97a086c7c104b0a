package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The life of a contact centre: people come, go and change passwords, the server restarts, every text is counted. */
class FiveHundredAgentsTest {

    private static final int AGENTS = 500;
    private static final int CHANGED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create();
    @TempDir
    private Path folder;
    private final Map<String, String> passwords = new TreeMap<>();
    private final Map<String, Integer> said = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> expected = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> heard = new ConcurrentHashMap<>();
    private final AtomicInteger gaps = new AtomicInteger();

    private static String name(int number) {
        return "agent%04d".formatted(number);
    }

    private void hire(int from, int to) {
        for (int i = from; i < to; i++) {
            gws.agent(name(i), "secret");
            passwords.put(name(i), "secret");
        }
    }

    private Path save() throws Exception {
        Path fresh = Files.writeString(folder.resolve("new"), passwords.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining("\n", "", "\n")));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        return Files.move(fresh, folder.resolve("agents.properties"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void note(Exchange exchange) {
        String agent = exchange.getIn().getHeader(IMSessionConstants.AGENT, String.class);
        if (exchange.getIn().getBody() instanceof IMLogUpdateMessage text) {
            heard.computeIfAbsent(agent, each -> new CopyOnWriteArrayList<>()).add(Integer.valueOf(text.message()));
        } else if (exchange.getIn().getBody() instanceof FeedGap) {
            gaps.incrementAndGet();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    /** Each of them says the next three numbers, and all are heard, in order, none twice. */
    private void talk(Iterable<String> agents) {
        agents.forEach(agent -> {
            for (int i = 0; i < 3; i++) {
                int number = said.merge(agent, 1, Integer::sum);
                gws.agent(agent).session().says(String.valueOf(number));
                expected.computeIfAbsent(agent, each -> new ArrayList<>()).add(number);
            }
        });
        await().untilAsserted(() -> assertThat(count(heard)).isEqualTo(count(expected)));
        assertThat(heard).isEqualTo(expected);
    }

    private static int count(Map<String, List<Integer>> numbers) {
        return numbers.values().stream().mapToInt(List::size).sum();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.contains("IMSession-") || name.startsWith("imsession-http")).toList();
    }

    @Test
    void peopleComeAndGoTheServerRestartsAndEveryTextIsCounted() throws Exception {
        hire(0, AGENTS);
        Path file = save();
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "team", "password=",
                "agents=file:" + file, "agentsCheckInterval=100", "requestTimeout=10000", "connectTimeout=10000",
                "stopTimeout=5000"), this::note)) {
            await().until(() -> route.consumer().getLiveAgents() == AGENTS);
            talk(passwords.keySet());
            List<String> threads = threads();
            assertThat(threads).as("whatever the number of agents").hasSizeLessThanOrEqualTo(64);
            assertThat(threads.stream().filter(name -> name.contains("IMSession-worker"))).hasSizeLessThanOrEqualTo(10);
            assertThat(threads.stream().filter(name -> name.contains("IMSession-scheduler"))).hasSize(2);

            List<String> leavers = IntStream.range(0, CHANGED).mapToObj(FiveHundredAgentsTest::name).toList();
            passwords.keySet().removeAll(leavers);
            hire(AGENTS, AGENTS + CHANGED);
            for (int i = CHANGED; i < 2 * CHANGED; i++) {
                gws.agent(name(i), "changed");
                passwords.put(name(i), "changed");
            }
            String parked = name(2 * CHANGED);
            passwords.put(parked, "typo");
            save();
            await().until(() -> route.consumer().getLiveAgents() == AGENTS && leavers.stream()
                    .allMatch(agent -> gws.agent(agent).subscribers() == 0));
            talk(passwords.keySet());
            assertThat(gaps).as("nobody was disturbed").hasValue(0);

            gws.restart();
            await().until(() -> route.consumer().getParkedAgents() == 1
                    && route.consumer().getLiveAgents() == AGENTS - 1);
            assertThat(route.consumer().getNotLive()).singleElement().asString().contains("agent=" + parked)
                    .contains("does not accept the credential");
            talk(passwords.keySet().stream().filter(agent -> !agent.equals(parked)).toList());

            passwords.put(parked, "secret");
            save();
            await().until(() -> route.consumer().getLiveAgents() == AGENTS);
            talk(List.of(parked));
            await().untilAsserted(() -> assertThat(gaps).as("one for each who was interrupted").hasValue(AGENTS));
        }
    }
}
