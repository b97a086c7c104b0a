package org.imsession.camel.cluster;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.support.DefaultConsumer;

/**
 * What Camel does for the consumer of a route, and not for one that {@code master:} makes: it gets the route's name,
 * for health, meters and exchanges, and is shown in JMX while it runs.
 */
public final class MasterConsumer implements AutoCloseable {

    private final DefaultConsumer consumer;
    private final Optional<Route> route;

    private MasterConsumer(DefaultConsumer consumer, Optional<Route> route) {
        this.consumer = consumer;
        this.route = route;
    }

    /** Does it for a consumer that starts, if Camel has not. */
    public static MasterConsumer of(DefaultConsumer consumer, ClusterRoutes shared) {
        Optional<Route> route = shared.of(consumer).map(ClusterRoute::route);
        route.ifPresent(each -> {
            consumer.setRoute(each);
            consumer.setRouteId(each.getRouteId());
            for (LifecycleStrategy strategy : each.getCamelContext().getLifecycleStrategies()) {
                strategy.onServiceAdd(each.getCamelContext(), consumer, each);
            }
        });
        return new MasterConsumer(consumer, route);
    }

    /** Tells the health check of the route that the consumer has started. */
    public void started() {
        check().ifPresent(StartListener::started);
    }

    /** Tells the health check of the route why the consumer could not start. */
    public void failed(Exception reason) {
        check().ifPresent(each -> each.failed(reason));
    }

    private Optional<StartListener> check() {
        return route.map(Route::getConsumer).filter(HealthCheckAware.class::isInstance)
                .map(master -> ((HealthCheckAware) master).getHealthCheck())
                .filter(StartListener.class::isInstance).map(StartListener.class::cast);
    }

    @Override
    public void close() {
        route.ifPresent(each -> {
            CamelContext context = each.getCamelContext();
            for (LifecycleStrategy strategy : context.getLifecycleStrategies()) {
                strategy.onServiceRemove(context, consumer, each);
            }
        });
    }
}
