package org.imsession.camel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.spi.PropertiesFunction;
import org.awaitility.Awaitility;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that a list of agents only names are looked up by Camel: properties, and vaults as functions of it. */
class VaultReferencesTest {

    private static final String AGENTS = """
            alice = {{alice.password}}
            bob = {{vault:im/bob}}
            carol = {{vault:im/carol}}
            """;

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret-a").agent("bob", "secret-b")
            .agent("carol", "secret-c").agent("dave", "secret-d");
    @TempDir
    private Path folder;
    private final Vault vault = new Vault();

    /** A vault as those of Camel are, with answers that may be long in coming. */
    private static final class Vault implements PropertiesFunction {

        private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("im/bob", "secret-b", "im/carol",
                "secret-c"));
        private final Set<String> hanging = ConcurrentHashMap.newKeySet();
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public String apply(String name) {
            if (hanging.contains(name)) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("given up", e);
                }
            }
            return secrets.get(name);
        }
    }

    @AfterEach
    void close() {
        vault.end.countDown();
    }

    private Path file(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("agents.properties"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private ListeningRoute listen(String agents) throws Exception {
        return ListeningRoute.prepared().with(context -> {
            context.getPropertiesComponent().addInitialProperty("alice.password", "secret-a");
            context.getPropertiesComponent().addPropertiesFunction(vault);
        }).add("listening", ListeningRoute.uri(gws, "team-a", "password=", "agents=" + agents,
                "agentsCheckInterval=100", "requestTimeout=1000")).start();
    }

    private static void awaitLive(ListeningRoute route, int agents) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == agents
                && route.consumer().getReconnects() == 0);
    }

    @Test
    void aPropertyAndAVaultGiveThePasswordsOfAFile() throws Exception {
        try (ListeningRoute route = listen("file:" + file(AGENTS))) {
            awaitLive(route, 3);
            assertThat(route.consumer().getRejectedEntries()).isEmpty();
        }
    }

    @Test
    void aResourceOfTheClassPathIsReadAsAFileIs() throws Exception {
        try (ListeningRoute route = listen("classpath:org/imsession/camel/fleet/vault.properties")) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 3
                    && route.consumer().getParkedAgents() == 1);
            assertThat(route.consumer().getRejectedEntries()).singleElement().asString()
                    .contains("vault.properties line 5").contains("nick");
        }
    }

    @Test
    void aSecretThatIsNotInTheVaultParksItsAgentAndNamesTheLine() throws Exception {
        vault.secrets.remove("im/bob");
        try (ListeningRoute route = listen("file:" + file(AGENTS))) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 2
                    && route.consumer().getParkedAgents() == 1);
            assertThat(route.consumer().getNotLive()).singleElement().asString().contains("agent=bob")
                    .contains("line 2").doesNotContain("im/bob");
        }
    }

    /** It used to hold up the start of the route. */
    @Test
    void aVaultThatHangsForOneAgentDelaysTheStartOfNobodyElse() throws Exception {
        vault.hanging.add("im/bob");
        try (ListeningRoute route = listen("file:" + file(AGENTS))) {
            awaitLive(route, 2);
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getNotLive().stream()
                    .anyMatch(line -> line.contains("agent=bob") && line.contains("no answer within 1 s")));
            vault.hanging.clear();
            vault.end.countDown();
            awaitLive(route, 3);
        }
    }

    /** It used to hold the one thread on which all were looked up, and the file watched. */
    @Test
    void aVaultThatHangsForOneAgentLaterDelaysNobodyElseEither() throws Exception {
        try (ListeningRoute route = listen("file:" + file(AGENTS))) {
            awaitLive(route, 3);
            vault.hanging.add("im/bob");
            gws.restart();
            assertThat(gws.awaitRequest(Step.HANDSHAKE, 2 * 3 - 1, ListeningRoute.PATIENCE)).isTrue();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 2);
            file(AGENTS + "dave = secret-d\n");
            assertThat(gws.agent("dave").awaitSubscribed(ListeningRoute.PATIENCE)).isTrue();
            assertThat(gws.agent("bob").subscribers()).isZero();
        }
    }
}
