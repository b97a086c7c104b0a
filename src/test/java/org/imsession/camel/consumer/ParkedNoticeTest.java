package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExceptionHandler;
import org.imsession.camel.IMSessionParkedException;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.record.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever is told that an agent is parked may take any time over it, and may fail. */
class ParkedNoticeTest {

    static final ExceptionHandler THROWING = new ExceptionHandler() {
        @Override
        public void handleException(Throwable exception) {
            throw new IllegalStateException("cannot send mail");
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handleException(exception);
        }
    };

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    /** The handler ran on the thread that moves the state on, which then forgot to schedule the next attempt. */
    @Test
    void anExceptionHandlerThatThrowsDoesNotKeepTheAgentParked() throws Exception {
        try (ListeningRoute route = ListeningRoute.prepared()
                .with(context -> context.getRegistry().bind("throwing", THROWING))
                .add("listening", ListeningRoute.uri(gws, "alice", "password=wrong", "parkedRetryInterval=1s",
                        "exceptionHandler=#throwing")).start()) {
            assertThat(gws.awaitRequest(Step.LOGIN, 2, ListeningRoute.PATIENCE)).isTrue();
        }
    }

    /** With a bridged error handler that is a whole route: three of them stopped the heartbeats of every agent. */
    @Test
    void aSlowErrorHandlerDoesNotHoldUpOtherAgents() throws Exception {
        CountDownLatch told = new CountDownLatch(3);
        CountDownLatch gate = new CountDownLatch(1);
        try (ListeningRoute route = ListeningRoute.prepared()) {
            for (String agent : new String[] { "carol", "dave", "erin" }) {
                gws.agent(agent, "secret");
                route.context().addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(ListeningRoute.uri(gws, agent, "password=wrong", "bridgeErrorHandler=true",
                                "exceptionHandler=")).routeId(agent)
                                .onException(IMSessionParkedException.class).handled(true).process(exchange -> {
                                    told.countDown();
                                    assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
                                }).end()
                                .log("nothing comes");
                    }
                });
            }
            route.add("listening", ListeningRoute.uri(gws, "alice")).with(context -> context.setAutoStartup(false))
                    .start();
            for (String agent : new String[] { "carol", "dave", "erin" }) {
                route.context().getRouteController().startRoute(agent);
            }
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            route.context().getRouteController().startRoute("listening");
            route.awaitState("LIVE");
            gws.agent("alice").session().says("Hello");
            assertThat(route.takeText()).isEqualTo("Hello");
            gate.countDown();
        }
    }
}
