package org.imsession.camel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.StateRepository;
import org.awaitility.Awaitility;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.simulator.GwsServer;
import org.imsession.simulator.record.Step;

/** A Camel context with routes from {@code imsession:}, which notes what comes. Most tests need one, "listening". */
public final class ListeningRoute implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FIRST = "listening";
    private static final Duration SETTLING = Duration.ofMillis(300);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
    private final List<Throwable> errors = new ArrayList<>();

    private ListeningRoute(boolean managed) {
        if (!managed) {
            context.disableJMX();
        }
        context.getShutdownStrategy().setTimeout(2);
        context.getRegistry().bind("noting", new Noting());
        // what Camel Main does by default
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        health.register(health.resolveById("consumers"));
    }

    /** The URI of an agent at a simulator, with short delays; options replace those of the same name. */
    public static String uri(GwsServer gws, String agent, String... options) {
        return uri(gws.url(), agent, options);
    }

    /** The URI of an agent at any server, with short delays; options replace those of the same name. */
    public static String uri(String serverUrl, String agent, String... options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("serverUrl", serverUrl);
        all.put("password", "secret");
        all.put("reconnectDelay", "50");
        all.put("reconnectDelayMax", "200");
        all.put("connectTimeout", "2000");
        all.put("requestTimeout", "2000");
        all.put("stopTimeout", "1000");
        all.put("keepAlive", "300");
        all.put("exceptionHandler", "#noting");
        for (String option : options) {
            int equals = option.indexOf('=');
            all.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return "imsession:" + agent + all.entrySet().stream().filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining("&", "?", ""));
    }

    /** A started route from that URI. */
    public static ListeningRoute from(String uri) throws Exception {
        return from(uri, exchange -> { });
    }

    /** A started route from that URI that does something with each exchange after it was noted. */
    public static ListeningRoute from(String uri, Processor step) throws Exception {
        return prepared().add(FIRST, uri, step).startOrClose();
    }

    /** A step for what comes live only: the snapshot after a subscription may be told before or after it. */
    public static Processor ifLive(Processor step) {
        return exchange -> {
            if ("live".equals(exchange.getIn().getHeader(IMSessionConstants.ORIGIN))) {
                step.process(exchange);
            }
        };
    }

    /** The same with a state repository in the registry, as {@code #state}. */
    static ListeningRoute from(String uri, Processor step, StateRepository<String, String> repository)
            throws Exception {
        return prepared().with(context -> context.getRegistry().bind("state", repository)).add(FIRST, uri, step)
                .startOrClose();
    }

    /** A context that is not started and has no route. */
    public static ListeningRoute prepared() {
        return prepared(false);
    }

    /** The same, with JMX if wanted. */
    public static ListeningRoute prepared(boolean managed) {
        return new ListeningRoute(managed);
    }

    /** Changes the context. */
    public ListeningRoute with(Consumer<DefaultCamelContext> change) {
        change.accept(context);
        return this;
    }

    /** Adds a route. */
    public ListeningRoute add(String id, String uri) throws Exception {
        return add(id, uri, exchange -> { });
    }

    /** Adds a route that does something with each exchange after it was noted. */
    public ListeningRoute add(String id, String uri, Processor step) throws Exception {
        inboxes.put(id, new Inbox());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).process(noting(id)).process(step);
            }
        });
        return this;
    }

    /** Adds a route on an agent who is followed already, and waits until it hears what the other one hears. */
    public ListeningRoute join(GwsServer gws, String id, String uri, Processor step) throws Exception {
        Awaitility.await().atMost(PATIENCE).until(() -> context.getRoutes().stream().allMatch(route ->
                ((IMSessionConsumer) route.getConsumer()).isResynchronised()));
        int before = gws.requests().count(Step.SNAPSHOT); // read anew for whoever joins
        try {
            add(id, uri, step);
        } catch (Exception e) {
            close();
            throw e;
        }
        return awaitJoined(gws, before);
    }

    /** Waits until a consumer that was started when so many snapshots had been read has joined the feed. */
    ListeningRoute awaitJoined(GwsServer gws, int snapshots) throws InterruptedException {
        assertThat(gws.awaitRequest(Step.SNAPSHOT, snapshots + 1, PATIENCE)).isTrue();
        return this;
    }

    /** For routes that are not added here: notes what comes. */
    public Processor noting(String id) {
        Inbox inbox = inboxes.computeIfAbsent(id, name -> new Inbox());
        return exchange -> inbox.put(exchange.copy());
    }

    public ListeningRoute start() {
        context.start();
        return this;
    }

    private ListeningRoute startOrClose() {
        try {
            return start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What went to the exception handler so far. */
    public List<Throwable> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    public CamelContext context() {
        return context;
    }

    public Inbox inbox(String id) {
        return inboxes.get(id);
    }

    public Inbox inbox() {
        return inbox(FIRST);
    }

    Exchange take() throws InterruptedException {
        return inbox().take();
    }

    IMSessionNotification takeBody() throws InterruptedException {
        return inbox().takeBody();
    }

    String takeText() throws InterruptedException {
        return inbox().takeText();
    }

    Exchange takeOrigin(String origin) throws InterruptedException {
        return inbox().takeOrigin(origin);
    }

    List<Exchange> rest() {
        return inbox().rest();
    }

    public IMSessionConsumer consumer(String id) {
        return (IMSessionConsumer) context.getRoute(id).getConsumer();
    }

    public IMSessionConsumer consumer() {
        return consumer(FIRST);
    }

    /** The value of an attribute, as JMX would show it. */
    public String attribute(String name) throws Exception {
        return String.valueOf(IMSessionConsumer.class.getMethod("get" + name).invoke(consumer()));
    }

    public void awaitState(String state) {
        awaitState(FIRST, state);
    }

    public void awaitState(String id, String state) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> consumer(id).getFeedState(), state::equals);
    }

    /** Waits until the feed is live and has read the sessions that exist, so that none comes as a snapshot any more. */
    public void awaitSettled() {
        awaitState("LIVE");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() ->
                Boolean.TRUE.equals(health().getDetails().get("resynchronised")));
    }

    /** What camel-health says about the consumer. */
    public HealthCheck.Result health() {
        return HealthCheckHelper.invoke(context).stream()
                .filter(result -> result.getCheck().getId().startsWith("consumer:")).findFirst().orElseThrow();
    }

    /** What the dev console shows, text or JSON object. */
    public Object console(DevConsole.MediaType type) {
        return DevConsoleRegistry.get(context).resolveById("imsession").call(type);
    }

    /** Stops; waits a moment for exchanges on their way, because Camel itself looks for them once a second only. */
    @Override
    public void close() {
        long until = System.nanoTime() + SETTLING.toNanos();
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() ->
                isIdle() || System.nanoTime() > until);
        context.stop();
    }

    private boolean isIdle() {
        return context.getInflightRepository().size() == 0 && context.getRoutes().stream().map(Route::getConsumer)
                .noneMatch(each -> each instanceof IMSessionConsumer ours && ours.getPendingExchangesSize() > 0);
    }

    private final class Noting implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            synchronized (errors) {
                errors.add(exception);
            }
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handleException(exception);
        }
    }
}
