package org.imsession.camel.producer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionComponent;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.IMSessionOperationException;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.record.Step;

/** A Camel context whose agents listen and act at a simulator, with short delays. The password is always "secret". */
final class Talk implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final GwsServer gws;
    private final Map<String, BlockingQueue<Exchange>> heard = new ConcurrentHashMap<>();

    Talk(GwsServer gws) {
        this(gws, context -> { });
    }

    /** @param first what is done before the context starts */
    Talk(GwsServer gws, Consumer<DefaultCamelContext> first) {
        this.gws = gws;
        IMSessionComponent component = new IMSessionComponent();
        var options = component.getConfiguration();
        options.setServerUrl(gws.url());
        options.setPassword("secret");
        options.setReconnectDelay(50);
        options.setReconnectDelayMax(200);
        options.setConnectTimeout(2000);
        options.setRequestTimeout(2000);
        options.setStopTimeout(1000);
        context.addComponent("imsession", component);
        context.getShutdownStrategy().setTimeout(5);
        first.accept(context);
        context.start();
    }

    DefaultCamelContext context() {
        return context;
    }

    /** Lets an agent listen, and waits until it does. */
    Talk listens(String agent, String... options) throws Exception {
        return listens(agent, exchange -> { }, options);
    }

    /** Lets an agent listen and do something with each exchange, after it was noted. */
    Talk listens(String agent, Processor step, String... options) throws Exception {
        String uri = "imsession:" + agent + (options.length == 0 ? "" : "?" + String.join("&", options));
        return route(agent, new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(agent).process(exchange -> note(agent, exchange)).process(step);
            }
        });
    }

    /** Adds a route of an agent that notes what it hears by {@link #note}, and waits until it listens. */
    Talk route(String agent, RouteBuilder route) throws Exception {
        int before = gws.requests().count(Step.SNAPSHOT, agent); // read anew for whoever joins
        context.addRoutes(route);
        Awaitility.await().atMost(PATIENCE).until(() -> gws.requests().count(Step.SNAPSHOT, agent) > before
                && ((IMSessionConsumer) context.getRoute(agent).getConsumer()).isResynchronised());
        return this;
    }

    void note(String agent, Exchange exchange) {
        heard.computeIfAbsent(agent, name -> new LinkedBlockingQueue<>()).add(exchange.copy());
    }

    /** The next that an agent heard. */
    Exchange next(String agent) throws InterruptedException {
        Exchange exchange = heard.computeIfAbsent(agent, name -> new LinkedBlockingQueue<>())
                .poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (exchange == null) {
            throw new AssertionError(agent + " heard nothing in " + PATIENCE);
        }
        return exchange;
    }

    /** The next text that an agent heard, skipping everything else. */
    Exchange nextText(String agent) throws InterruptedException {
        Exchange exchange = next(agent);
        while (!(exchange.getIn().getBody() instanceof IMLogUpdateMessage)) {
            exchange = next(agent);
        }
        return exchange;
    }

    /** The texts of those among the exchanges that are texts. */
    static String text(Exchange exchange) {
        return exchange.getIn().getBody(IMLogUpdateMessage.class).message();
    }

    static String direction(Exchange exchange) {
        return exchange.getIn().getHeader(IMSessionConstants.DIRECTION, String.class);
    }

    /** The texts that an agent heard and nobody took, in order. */
    List<String> texts(String agent) {
        return heard.getOrDefault(agent, new LinkedBlockingQueue<>()).stream()
                .filter(each -> each.getIn().getBody() instanceof IMLogUpdateMessage).map(Talk::text).toList();
    }

    /** Performs an operation; what follows the agent is options, and headers by name and value. */
    Exchange does(String agentAndOptions, Object body, Object... headers) {
        Endpoint endpoint = context.getEndpoint("imsession:" + agentAndOptions);
        return context.createProducerTemplate().request(endpoint, exchange -> {
            exchange.getIn().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getIn().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    /** As {@link #does}, for what must succeed. */
    Exchange did(String agentAndOptions, Object body, Object... headers) {
        Exchange exchange = does(agentAndOptions, body, headers);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange;
    }

    /** As {@link #does}, for what must fail. */
    IMSessionOperationException failed(String agentAndOptions, Object body, Object... headers) {
        Exchange exchange = does(agentAndOptions, body, headers);
        if (exchange.getException() instanceof IMSessionOperationException failure) {
            return failure;
        }
        throw new AssertionError("no failure of the operation", exchange.getException());
    }

    @Override
    public void close() {
        context.stop();
    }
}
