package org.imsession.camel.randommodel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.imsession.camel.IMSessionConstants;
import org.imsession.camel.IMSessionConsumer;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionStateChangeMessage;

/**
 * One process that follows the agent: a Camel context of its own. Killed, it is gone without any further call: from
 * that moment its exchanges do not count, its writes come to nothing, and the server hears nothing of it; what is left
 * of it is swept away behind the scenes.
 */
final class Life {

    private static final int STOP_MILLIS = 150;

    private final int number;
    private final Setting setting;
    private final Book book;
    private final List<RouteMood> moods;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private boolean alive = true;

    Life(int number, Setting setting, AckingServer server, Book book, Dice dice, List<RouteMood> moods,
         Map<String, String> kept) throws Exception {
        this.number = number;
        this.setting = setting;
        this.book = book;
        this.moods = moods;
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(STOP_MILLIS);
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        context.getRegistry().bind("quiet", new Quiet());
        if (setting.repository()) {
            context.getRegistry().bind("kept", new FencedRepository(kept, this, book, dice, setting.slowStoreMillis()));
        }
        context.addRoutes(routes(uri(server.url())));
    }

    private String uri(String url) {
        return "imsession:alice?serverUrl=" + url + "&apiPath=" + AckingServer.path(number) + "&password=secret"
                + "&keepAlive=" + setting.keepAliveMillis() + "&requestTimeout=" + AckingServer.PATIENCE_MILLIS
                + "&reconnectDelay=50&reconnectDelayMax=200&stopTimeout=500&maxPending=" + setting.maxPending()
                + "&ackFailed=" + setting.ackFailed() + (setting.repository() ? "&stateRepository=#kept" : "");
    }

    private RouteBuilder routes(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                for (int i = 0; i < setting.routes(); i++) {
                    int route = i;
                    from(uri + "&exceptionHandler=#quiet").routeId(id(route))
                            .process(exchange -> take(route, exchange));
                }
                if (setting.producer()) {
                    from("direct:ask").routeId("ask").to(uri.replace("&ackFailed=false", "").replace("&ackFailed=true", "")
                            + "&operation=sendMessage&sessionId=chat-0&destination=5002&devicePath=/devices/1"
                            + "&waitForEvent=true&waitTimeout=200");
                }
            }
        };
    }

    private static String id(int route) {
        return "route-" + route;
    }

    /** By which the component knows the route. */
    static String name(int route) {
        return "route " + id(route);
    }

    void start() {
        context.start();
    }

    private void take(int route, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        String sequence = exchange.getMessage().getHeader(IMSessionConstants.SEQUENCE, String.class);
        if (body instanceof IMLogUpdateMessage message) {
            int event = Integer.parseInt(message.message());
            boolean again = exchange.getMessage().getHeader(IMSessionConstants.REDELIVERED, false, Boolean.class);
            whileAlive(() -> book.enters(number, route, event, sequence, again));
            end(route, true, () -> book.delivered(route, event));
        } else if (body instanceof FeedGap gap) {
            whileAlive(() -> book.belongs(sequence, "gap " + gap.from() + " to " + gap.to()));
            end(route, false, () -> book.told(route, gap.from(), gap.to(), gap.reason().name(), number));
        } else if (body instanceof IMSessionStateChangeMessage change) {
            String what = "state " + change.imSession().id() + " " + change.imSession().stateText() + " at "
                    + exchange.getMessage().getHeader(Exchange.MESSAGE_TIMESTAMP) + " of life " + number;
            whileAlive(() -> book.belongs(sequence, what));
            end(route, false, () -> { });
        } else {
            whileAlive(() -> book.fault("not understood: " + body));
        }
    }

    /** What failed has ended, too, unless it is to come again; the book must have it before the component hears. */
    private void end(int route, boolean event, Runnable inTheBook) {
        try {
            moods.get(route).work(event);
        } catch (IllegalStateException e) {
            if (setting.ackFailed() && isAllowed(route)) {
                whileAlive(inTheBook);
            }
            throw e;
        }
        whileAlive(inTheBook);
    }

    /** Does that unless the process is dead; it cannot die meanwhile. */
    synchronized void whileAlive(Runnable task) {
        if (alive) {
            task.run();
        }
    }

    /** Whether the consumer takes what fails for ended: not while it stops. */
    private boolean isAllowed(int route) {
        return context.getRoute(id(route)).getConsumer() instanceof IMSessionConsumer consumer && consumer.isRunAllowed();
    }

    boolean isRunning(int route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id(route));
        return status.isStarted() || status.isSuspended();
    }

    boolean isLive(int route) {
        return isRunning(route) && context.getRoute(id(route)).getConsumer() instanceof IMSessionConsumer consumer
                && "LIVE".equals(consumer.getFeedState()) && consumer.isResynchronised();
    }

    /** What an operator would be told of a route. */
    String state(int route) {
        String status = context.getRouteController().getRouteStatus(id(route)).name();
        return context.getRoute(id(route)).getConsumer() instanceof IMSessionConsumer consumer
                ? status + ", " + consumer.getFeedState() + ": "
                + consumer.getFeedReason() + ", resynchronised " + consumer.isResynchronised() + ", pending "
                + consumer.getPendingEvents() : status;
    }

    void suspend(int route) throws Exception {
        if (context.getRouteController().getRouteStatus(id(route)).isStarted()) {
            context.getRouteController().suspendRoute(id(route), STOP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void resume(int route) throws Exception {
        if (context.getRouteController().getRouteStatus(id(route)).isSuspended()) {
            context.getRouteController().resumeRoute(id(route));
        }
    }

    void stop(int route) throws Exception {
        if (isRunning(route)) {
            context.getRouteController().stopRoute(id(route), STOP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void start(int route) throws Exception {
        resume(route);
        if (context.getRouteController().getRouteStatus(id(route)).isStopped()) {
            context.getRouteController().startRoute(id(route));
        }
    }

    /** A producer asks for something, and what becomes of it is nobody's concern. */
    void ask() {
        context.createProducerTemplate().asyncSendBody("direct:ask", "hello");
    }

    /** The process is gone. */
    void kill(AckingServer server) {
        synchronized (this) {
            alive = false;
            book.gone(number);
        }
        server.forget(number);
        Thread sweeper = new Thread(context::stop, "sweeper");
        sweeper.setDaemon(true);
        sweeper.start();
    }

    /** The process ends in order. */
    void end() {
        context.stop();
        synchronized (this) {
            alive = false;
            book.gone(number);
        }
    }

    private static final class Quiet implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            // a route that fails is meant to
        }

        @Override
        public void handleException(String message, Throwable exception) {
            // as above
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            // as above
        }
    }
}
