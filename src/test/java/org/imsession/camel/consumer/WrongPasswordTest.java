package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.SupervisingRouteController;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionParkedException;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.Credential;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.fault.Fault;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F32: what would lock an account is not tried for ever, and an operator is told once. */
class WrongPasswordTest {

    private static final String WRONG = "wr0ng-Passw0rd";

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    @Test
    void parksTheAgentAtOnce() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "password=" + WRONG))) {
            route.awaitState("PARKED");
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
            awaitErrors(route, 1);
            assertThat(route.errors()).singleElement().isInstanceOfSatisfying(IMSessionParkedException.class, e ->
                    assertThat(e).hasMessageContaining("alice").hasMessageContaining("127.0.0.1:" + gws.port())
                            .hasMessageContaining("does not accept the credential")
                            .hasMessageNotContaining(WRONG));
            HealthCheck.Result health = route.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElseThrow()).contains("does not accept the credential");
            assertThat(health.getDetails().toString()).contains("PARKED").doesNotContain(WRONG);
        }
    }

    @Test
    void anOperatorWhoHasMendedItSaysSoAndTheFeedComesUp() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "password=" + WRONG))) {
            route.awaitState("PARKED");
            gws.agent("alice", WRONG);
            route.consumer().retryNow();
            route.awaitState("LIVE");
            awaitErrors(route, 1);
        }
    }

    private static void awaitErrors(ListeningRoute route, int number) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).untilAsserted(() ->
                assertThat(route.errors()).hasSize(number));
    }

    @Test
    void anotherCredentialFromTheSourceIsTriedWithoutAnybodysHelp() throws Exception {
        AtomicReference<Credential> vault = new AtomicReference<>(new Credential.Password("alice", WRONG));
        AgentCredentials credentials = agent -> CompletableFuture.completedFuture(vault.get());
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("vault", credentials))
                .add("listening", ListeningRoute.uri(gws, "alice", "password=", "credentials=#vault",
                        "parkedRetryInterval=30000")).start()) {
            route.awaitState("PARKED");
            vault.set(new Credential.Password("alice", "secret"));
            route.awaitState("LIVE");
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(2);
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceMoreAfterTheInterval() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice", "password=" + WRONG,
                "parkedRetryInterval=1s"))) {
            assertThat(gws.awaitRequest(Step.LOGIN, 2, ListeningRoute.PATIENCE)).isTrue();
            route.awaitState("PARKED");
        }
    }

    @Test
    void inAFileThatIsMendedIsNoticed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("alice"), WRONG + "\n");
        try (ListeningRoute route = ListeningRoute.prepared().add("listening", ListeningRoute.uri(gws, "alice", "password=",
                "passwordFile=" + file, "parkedRetryInterval=1m")).start()) {
            route.awaitState("PARKED");
            Files.writeString(file, "secret\n");
            route.awaitState("LIVE");
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "password=", "passwordFile=/no/such/file" })
    void aPasswordThatIsEmptyOrNotThereIsRefusedAtTheStart(String option) throws Exception {
        assertThatThrownBy(() -> ListeningRoute.from(ListeningRoute.uri(gws, "alice", "password=", option)).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option.substring(0, option.indexOf('=')));
        assertThat(gws.requests().count(Step.LOGIN)).isZero();
    }

    /** A supervisor that starts the route again and again sent it three more times with each start. */
    @ParameterizedTest
    @ValueSource(strings = { "testConnectionOnStartup=false", "testConnectionOnStartup=true" })
    void aWrongPasswordIsNotSentAgainWhenTheRouteOrTheComponentStartsAgain(String option) throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> context.setAutoStartup(false))
                .add("listening", ListeningRoute.uri(gws, "alice", "password=" + WRONG, option)).start()) {
            for (int i = 0; i < 5; i++) {
                try {
                    route.context().getRouteController().startRoute("listening");
                } catch (Exception e) {
                    assertThat(option).endsWith("true");
                }
                assertThat(gws.awaitRequest(Step.LOGIN, 1, ListeningRoute.PATIENCE)).isTrue();
                Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() ->
                        option.endsWith("true") || route.consumer().getFeedState().equals("PARKED"));
                route.context().getRouteController().stopRoute("listening");
                route.context().getComponent("imsession").stop();
                route.context().getComponent("imsession").start();
            }
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
        }
    }

    /** Camel's own supervisor, which starts a route again that does not come up. */
    @Test
    void aWrongPasswordIsNotSentAgainByASupervisingRouteController() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        try (ListeningRoute route = ListeningRoute.prepared().with(context -> {
            SupervisingRouteController supervisor = context.getRouteController().supervising();
            supervisor.setBackOffDelay(20);
            supervisor.setInitialDelay(1);
            context.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof CamelEvent.RouteRestartingFailureEvent) {
                        starts.incrementAndGet();
                    }
                }
            });
        }).add("listening", ListeningRoute.uri(gws, "alice", "password=" + WRONG, "testConnectionOnStartup=true")).start()) {
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> starts.get() > 3);
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
        }
    }

    @Test
    void aPasswordThatIsChangedWhileWeListenParksTheAgentAtOnce() throws Exception {
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("LIVE");
            assertThat(gws.agent("alice").awaitHeldConnect(ListeningRoute.PATIENCE)).isTrue();
            int before = gws.requests().count(Step.LOGIN);
            gws.agent("alice", "another");
            gws.faults().always(Step.CONNECT, Fault.accessDenied());
            gws.agent("alice").expireHttpSession();
            gws.agent("alice").answerHeldConnect();
            route.awaitState("PARKED");
            assertThat(gws.requests().count(Step.LOGIN) - before).isEqualTo(1);
        }
    }

    @Test
    void anAgentWithoutTheFeatureIsParkedAtOnce() throws Exception {
        gws.agent("alice").instantMessaging(false);
        try (ListeningRoute route = ListeningRoute.from(ListeningRoute.uri(gws, "alice"))) {
            route.awaitState("PARKED");
            assertThat(gws.requests().count(Step.LOGIN)).isEqualTo(1);
            awaitErrors(route, 1);
            assertThat(route.errors()).singleElement().satisfies(e ->
                    assertThat(e).hasMessageContaining("api-voice-instant-messaging"));
            gws.agent("alice").instantMessaging(true);
            route.consumer().retryNow();
            route.awaitState("LIVE");
        }
    }
}
