package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExceptionHandler;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionInvalidMessageException;
import org.imsession.camel.IMSessionParkedException;
import org.imsession.simulator.GwsSimulator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is told of a failure, an exception handler or the error handler of the route, is told of whom. */
class ToldOfWhomTest {

    private static final String[] TO_HANDLER = { "exceptionHandler=#told" };
    private static final String[] TO_ROUTE = { "exceptionHandler=", "bridgeErrorHandler=true" };

    private record Told(Throwable failure, Map<String, Object> headers) {
    }

    @RegisterExtension
    final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private final ExceptionHandler handler = new ExceptionHandler() {
        @Override
        public void handleException(Throwable exception) {
            handleException(null, null, exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(message, null, exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            note(exchange, exception);
        }
    };

    private void note(Exchange exchange, Throwable failure) {
        told.add(new Told(failure, exchange == null ? Map.of() : Map.copyOf(exchange.getIn().getHeaders())));
    }

    private ListeningRoute route(boolean bridged, String... options) throws Exception {
        String uri = ListeningRoute.uri(gws, "alice", Stream.of(bridged ? TO_ROUTE : TO_HANDLER, options)
                .flatMap(Arrays::stream).toArray(String[]::new));
        ListeningRoute route = ListeningRoute.prepared().with(context -> context.getRegistry().bind("told", handler));
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("listening").onException(Exception.class).handled(bridged).process(exchange ->
                        note(bridged ? exchange : null, exchange.getProperty(Exchange.EXCEPTION_CAUGHT,
                                Exception.class))).end().throwException(new IllegalStateException("sink refuses"));
            }
        });
        return route.start();
    }

    private Told take(Class<? extends Exception> failure) throws InterruptedException {
        Told next;
        do {
            next = told.poll(ListeningRoute.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(next).as("a " + failure.getSimpleName() + " with an exchange").isNotNull();
        } while (!failure.isInstance(next.failure()) || next.headers().isEmpty());
        return next;
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anAgentWhoIsParkedIsNamed(boolean bridged) throws Exception {
        try (ListeningRoute route = route(bridged, "password=wrong")) {
            assertThat(take(IMSessionParkedException.class).headers())
                    .containsEntry(IMSessionConstants.AGENT, "alice")
                    .containsEntry(IMSessionConstants.AGENT_FILE_NAME, "alice")
                    .containsEntry(IMSessionConstants.SERVER_URL, gws.url());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anInvalidMessageIsToldWithAllThatIsKnownOfIt(boolean bridged) throws Exception {
        try (ListeningRoute route = route(bridged, "invalidMessages=exceptionHandler")) {
            route.awaitSettled();
            gws.agent("alice").sendRaw("{\"messageType\":\"IMSessionStateChangeMessage\",\"imSession\":5}");
            assertThat(take(IMSessionInvalidMessageException.class).headers())
                    .containsEntry(IMSessionConstants.AGENT, "alice")
                    .containsEntry(IMSessionConstants.ORIGIN, "live")
                    .containsKeys(IMSessionConstants.SEQUENCE, IMSessionConstants.INVALID_REASON);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anExchangeThatFailedIsToldAsItWas(boolean bridged) throws Exception {
        try (ListeningRoute route = route(bridged)) {
            route.awaitSettled();
            gws.agent("alice").session().says("Hello");
            assertThat(take(IllegalStateException.class).headers()).containsEntry(IMSessionConstants.AGENT, "alice");
        }
    }
}
