package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.imsession.camel.spi.AgentList;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that fails, or hangs, is seen in health, JMX, console and log, whoever tries again. */
class FailingSinkTest {

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
    @RegisterExtension
    final LogLines log = new LogLines();
    private final AtomicBoolean away = new AtomicBoolean(true);
    private final CountDownLatch hanging = new CountDownLatch(1);

    /** Who tries again, or that nobody can, because the sink hangs. */
    private enum How { SERVER, ROUTE, COPY_IN_ROUTE, NOBODY }

    private ListeningRoute listen(How how, String... options) throws Exception {
        ListeningRoute route = ListeningRoute.prepared();
        Processor noting = route.noting("listening");
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                boolean retrying = how == How.ROUTE || how == How.COPY_IN_ROUTE;
                errorHandler(retrying ? defaultErrorHandler().maximumRedeliveries(-1).redeliveryDelay(20)
                        .asyncDelayedRedelivery() : noErrorHandler());
                String[] all = Arrays.copyOf(options, options.length + 2);
                all[options.length] = "exceptionHandler=";
                all[options.length + 1] = "ackFailed=false";
                var from = from(ListeningRoute.uri(gws, "alice", all)).routeId("listening");
                if (how == How.COPY_IN_ROUTE) {
                    from.recipientList(constant("direct:sink"));
                    from("direct:sink").routeId("sink").process(this::sink).process(noting);
                } else {
                    from.process(this::sink).process(noting);
                }
            }

            private void sink(Exchange exchange) throws Exception {
                if (how == How.NOBODY) {
                    hanging.await();
                } else if (away.get()) {
                    throw new IOException("the archive is away");
                }
            }
        });
        route.start();
        route.awaitState("LIVE");
        return route;
    }

    private void recover() {
        away.set(false);
        hanging.countDown();
    }

    private void awaitHealth(ListeningRoute route, HealthCheck.State state) {
        Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.health().getState() == state);
    }

    @ParameterizedTest
    @EnumSource
    void isShownWithEventAgentSinceAndReasonAndHealthIsDownAfterTheLimit(How how) throws Exception {
        try (ListeningRoute route = listen(how, "undeliveredLimit=500")) {
            gws.agent("alice").session().says("one");
            awaitHealth(route, HealthCheck.State.DOWN);
            String reason = how == How.NOBODY ? "it is in the route and has not ended" : "the archive is away";
            HealthCheck.Result health = route.health();
            assertThat(health.getMessage().orElseThrow()).contains("; event ", " of agent alice is undelivered since ",
                    reason);
            assertThat(health.getDetails()).containsEntry("undelivered", 1).containsEntry("undeliveredAgent", "alice")
                    .containsKeys("undeliveredSequence", "undeliveredSince", "undeliveredAttempts");
            assertThat(health.getDetails().get("undeliveredReason").toString()).contains(reason);
            assertThat(route.consumer().getUndelivered()).singleElement().asString().contains("alice", reason);
            assertThat(route.console(DevConsole.MediaType.TEXT).toString()).contains("route=listening event ", reason);
            assertThat(((JsonObject) route.console(DevConsole.MediaType.JSON)).get("undelivered").toString())
                    .contains("alice", reason);
            recover();
            assertThat(route.inbox().takeText()).isEqualTo("one");
            awaitHealth(route, HealthCheck.State.UP);
            assertThat(route.consumer().getUndelivered()).isEmpty();
            assertThat(log.with("IMS-022").stream().filter(line -> line.contains(" WARN "))).hasSize(1);
            assertThat(log.with("events go through again")).hasSize(1);
        }
    }

    @Test
    void withinTheLimitHealthIsUpAndSaysIt() throws Exception {
        try (ListeningRoute route = listen(How.SERVER)) {
            gws.agent("alice").session().says("one");
            Awaitility.await().atMost(ListeningRoute.PATIENCE)
                    .until(() -> !route.consumer().getUndelivered().isEmpty());
            assertThat(route.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(route.health().getMessage().orElseThrow()).contains("is undelivered since");
        }
    }

    /** Each attempt was logged by Camel's exception handler, and before by Camel's error handler. */
    @Test
    void isLoggedWithOneStackHoweverOftenItFails() throws Exception {
        try (ListeningRoute route = listen(How.SERVER)) {
            gws.agent("alice").session().says("one");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getFailedExchanges() >= 5);
            assertThat(stacks()).isEqualTo(1);
            assertThat(log.with("IMS-022")).hasSize(1);
        }
    }

    private long stacks() {
        return log.with("IOException: the archive is away").stream()
                .filter(line -> line.startsWith("java.io.IOException")).count();
    }

    /** Camel's error handler logs by default, with the stack; what it is told to leave is told here. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void oneFailureHasOneStackWhoeverLogsIt(boolean camel) throws Exception {
        ListeningRoute route = ListeningRoute.prepared();
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (!camel) {
                    errorHandler(defaultErrorHandler().logExhausted(false));
                }
                from(ListeningRoute.uri(gws, "alice", "exceptionHandler=", "ackFailed=true")).routeId("listening")
                        .recipientList(constant("direct:sink"));
                from("direct:sink").routeId("sink").process(exchange -> {
                    throw new IOException("the archive is away");
                });
            }
        });
        try (route) {
            route.start();
            route.awaitState("LIVE");
            gws.agent("alice").sendRaw("{\"messageType\":\"NewKind\"}");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getFailedExchanges() == 1);
            assertThat(stacks()).isEqualTo(1);
            assertThat(log.with("IMS-022")).hasSize(1);
        }
    }

    /** The shutdown waited for what waits behind an event that fails, until Camel's patience ended. */
    @Test
    void aStopDoesNotWaitForWhatWaitsBehindAnEventThatFails() throws Exception {
        try (ListeningRoute route = listen(How.SERVER)) {
            gws.agent("alice").session().says("one").says("two").says("three");
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> !route.consumer().getUndelivered().isEmpty()
                    && route.consumer().getPendingEvents() == 4);
            assertThat(route.consumer().getPendingExchangesSize()).isZero();
            route.context().stop();
            assertThat(route.context().getShutdownStrategy().isTimeoutOccurred()).isFalse();
            assertThat(log.with("go through again")).isEmpty();
        }
    }

    /** A sink of a team's agent who has left the team is nobody's. */
    @Test
    void isForgottenWithTheAgent() throws Exception {
        AgentList team = new AgentList().put("alice", "secret");
        ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("team", team));
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(ListeningRoute.uri(gws, "team-a", "password=", "agents=#team", "ackFailed=false",
                        "exceptionHandler=", "undeliveredLimit=100")).routeId("listening").process(exchange -> {
                            throw new IOException("the archive is away");
                        });
            }
        });
        try (route) {
            route.start();
            Awaitility.await().atMost(ListeningRoute.PATIENCE).until(() -> route.consumer().getLiveAgents() == 1);
            gws.agent("alice").session().says("one");
            awaitHealth(route, HealthCheck.State.DOWN);
            assertThat(route.health().getMessage().orElseThrow()).contains("1 of 1 agents are live",
                    "of agent alice is undelivered since");
            team.remove("alice");
            awaitHealth(route, HealthCheck.State.UP);
        }
    }
}
