package org.imsession.camel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.imsession.camel.consumer.ListeningRoute;
import org.imsession.camel.consumer.LogLines;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.UnavailableException;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bean that implements the SPI can tell the operator why not; nothing else that it throws is repeated. */
class ReasonOfABeanTest {

    private static final String REASON = "the vault\nis sealed; unseal it";
    private static final String SHOWN = "the vault\\u000ais sealed; unseal it";
    private static final String SECRET = "s3cr3t-of-the-vault";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();

    private static UnavailableException unavailable() {
        return new UnavailableException(REASON);
    }

    static Stream<Arguments> credentials() {
        return Stream.of(
                Arguments.argumentSet("thrown", (AgentCredentials) agent -> {
                    throw unavailable();
                }),
                Arguments.argumentSet("as the answer",
                        (AgentCredentials) agent -> CompletableFuture.failedFuture(unavailable())),
                Arguments.argumentSet("of a step before", (AgentCredentials) agent ->
                        CompletableFuture.supplyAsync(() -> {
                            throw unavailable();
                        })),
                Arguments.argumentSet("in an exception of a future twice", (AgentCredentials) agent ->
                        CompletableFuture.failedFuture(new CompletionException(new CompletionException(unavailable())))));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void whyThereIsNoCredentialIsToldInLogAndHealth(AgentCredentials vault) throws Exception {
        try (ListeningRoute route = with("alice", "credentials=#bean", vault).start()) {
            await().atMost(ListeningRoute.PATIENCE).untilAsserted(() -> assertThat(log.with(SHOWN)).isNotEmpty());
            await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.health().getMessage().orElse("")).contains(SHOWN));
        }
    }

    @Test
    void whatAnyOtherExceptionOfCredentialsSaysIsNotRepeated() throws Exception {
        AgentCredentials vault = agent -> CompletableFuture.failedFuture(
                new IllegalStateException(SECRET, new IllegalArgumentException(SECRET)));
        try (ListeningRoute route = with("alice", "credentials=#bean", vault).start()) {
            await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                    assertThat(route.health().getMessage().orElse("")).contains("IllegalStateException"));
            assertThat(route.health().getDetails().toString()).doesNotContain(SECRET);
        }
        assertThat(log.with(SECRET)).isEmpty();
    }

    @Test
    void whyADirectoryHasNobodyToBeginWithIsToldInLogAndHealth() throws Exception {
        AgentDirectory directory = listener -> {
            throw unavailable();
        };
        try (ListeningRoute route = with("team-a", "agents=#bean", directory)) {
            assertThat(catchThrowable(() -> start(route))).hasStackTraceContaining(SHOWN);
            HealthCheck.Result health = route.consumer().getHealthCheck().call();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElse("")).contains(SHOWN);
            assertThat(route.consumer().getDirectoryProblem()).isEqualTo(SHOWN);
        }
    }

    @Test
    void aReasonIsForgottenWhenTheDirectoryTellsTheTeam() throws Exception {
        boolean[] sealed = {true};
        AgentDirectory directory = listener -> {
            if (sealed[0]) {
                throw unavailable();
            }
            return AgentDirectory.of(Map.of("alice", AgentCredentials.ofPassword("alice", "secret")))
                    .follow(listener);
        };
        try (ListeningRoute route = with("team-a", "agents=#bean", directory)) {
            assertThat(catchThrowable(() -> start(route))).hasStackTraceContaining(SHOWN);
            sealed[0] = false;
            route.consumer().start();
            assertThat(route.consumer().getDirectoryProblem()).isEmpty();
            route.consumer().stop();
            assertThat(route.consumer().getDirectoryProblem()).isEmpty();
        }
    }

    @Test
    void aReasonWithoutEndIsCut() {
        assertThat(new UnavailableException("x".repeat(1_000_000)).getMessage()).hasSizeLessThan(5_100);
    }

    private static void start(ListeningRoute route) throws Exception {
        route.start().context().getRouteController().startRoute("listening");
    }

    private ListeningRoute with(String agent, String option, Object bean) throws Exception {
        return ListeningRoute.prepared().with((DefaultCamelContext context) -> {
            context.getRegistry().bind("bean", bean);
            context.setAutoStartup(!agent.equals("team-a"));
        })
                .add("listening", ListeningRoute.uri(gws, agent, option, "password="));
    }
}
