package org.imsession.camel.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.StateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.simulator.GwsServer;

/** A Camel context with one route from {@code imsession:}, which notes what comes. */
final class ListeningRoute implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CamelContext context = new DefaultCamelContext();
    private final BlockingQueue<Exchange> arrived = new LinkedBlockingQueue<>();
    private final List<Throwable> errors = new ArrayList<>();
    private volatile Processor step = exchange -> { };

    private ListeningRoute() {
    }

    /** The URI of an agent at a simulator, with short delays. */
    static String uri(GwsServer gws, String agent, String... options) {
        return "imsession:" + agent + "?serverUrl=" + gws.url() + "&password=secret&reconnectDelay=50"
                + "&reconnectDelayMax=200&connectTimeout=2000&requestTimeout=2000&stopTimeout=1000&keepAlive=300"
                + (options.length == 0 ? "" : "&" + String.join("&", options));
    }

    /** A started route from that URI. */
    static ListeningRoute from(String uri) throws Exception {
        return from(uri, exchange -> { });
    }

    /** A started route from that URI that does something with each exchange after it was noted. */
    static ListeningRoute from(String uri, Processor step) throws Exception {
        return from(uri, step, null);
    }

    /** The same with a state repository in the registry, as {@code #state}. */
    static ListeningRoute from(String uri, Processor step, StateRepository<String, String> repository)
            throws Exception {
        ListeningRoute route = new ListeningRoute();
        route.step = step;
        if (repository != null) {
            route.context.getRegistry().bind("state", repository);
        }
        route.add("listening", uri);
        route.context.getShutdownStrategy().setTimeout(2);
        try {
            route.context.start();
        } catch (Exception e) {
            route.close();
            throw e;
        }
        return route;
    }

    void add(String id, String uri) throws Exception {
        context.getRegistry().bind("noting", new org.apache.camel.spi.ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                note(exception);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                note(exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                note(exception);
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri + "&exceptionHandler=#noting").routeId(id).process(exchange -> {
                    arrived.add(exchange.copy());
                    step.process(exchange);
                });
            }
        });
    }

    private synchronized void note(Throwable exception) {
        errors.add(exception);
    }

    /** What went to the exception handler so far. */
    synchronized List<Throwable> errors() {
        return List.copyOf(errors);
    }

    CamelContext context() {
        return context;
    }

    /** The next exchange. */
    Exchange take() throws InterruptedException {
        Exchange exchange = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (exchange == null) {
            throw new AssertionError("nothing arrived in " + PATIENCE);
        }
        return exchange;
    }

    /** The next notification. */
    IMSessionNotification takeBody() throws InterruptedException {
        return take().getIn().getBody(IMSessionNotification.class);
    }

    /** The text of the next message, skipping everything else. */
    String takeText() throws InterruptedException {
        while (true) {
            if (takeBody() instanceof IMLogUpdateMessage message) {
                return message.message();
            }
        }
    }

    /** The next exchange of that origin, skipping others. */
    Exchange takeOrigin(String origin) throws InterruptedException {
        while (true) {
            Exchange exchange = take();
            if (origin.equals(exchange.getIn().getHeader(IMSessionConstants.ORIGIN))) {
                return exchange;
            }
        }
    }

    /** What has arrived and was not taken. */
    List<Exchange> rest() {
        List<Exchange> rest = new ArrayList<>();
        arrived.drainTo(rest);
        return rest;
    }

    String attribute(String name) throws Exception {
        return String.valueOf(context.getRoute("listening").getConsumer().getClass().getMethod("get" + name)
                .invoke(context.getRoute("listening").getConsumer()));
    }

    void awaitState(String state) {
        Awaitility.await().atMost(PATIENCE).until(() -> attribute("FeedState").equals(state));
    }

    @Override
    public void close() {
        context.stop();
    }
}
