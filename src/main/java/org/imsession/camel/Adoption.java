package org.imsession.camel;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.LifecycleStrategy;

/**
 * What Camel does for the consumer of a route, and not for one that {@code master:} makes: it gets the route's name,
 * for health, meters and exchanges, and is shown in JMX while it runs.
 */
final class Adoption implements AutoCloseable {

    private final IMSessionConsumer consumer;
    private final Optional<Route> route;

    private Adoption(IMSessionConsumer consumer, Optional<Route> route) {
        this.consumer = consumer;
        this.route = route;
    }

    /** Adopts the consumer, if Camel has not. */
    static Adoption of(IMSessionConsumer consumer) {
        Optional<Route> route = ClusterRoute.of(consumer).map(ClusterRoute::route);
        route.ifPresent(each -> {
            consumer.setRoute(each);
            consumer.setRouteId(each.getRouteId());
            for (LifecycleStrategy strategy : each.getCamelContext().getLifecycleStrategies()) {
                strategy.onServiceAdd(each.getCamelContext(), consumer, each);
            }
        });
        return new Adoption(consumer, route);
    }

    /** Tells the health check of the route that the consumer has started. */
    void started() {
        check().ifPresent(ClusterHealthCheck::started);
    }

    /** Tells the health check of the route why the consumer could not start. */
    void failed(Exception reason) {
        check().ifPresent(check -> check.failed(reason));
    }

    private Optional<ClusterHealthCheck> check() {
        return route.map(Route::getConsumer).filter(HealthCheckAware.class::isInstance)
                .map(master -> ((HealthCheckAware) master).getHealthCheck())
                .filter(ClusterHealthCheck.class::isInstance).map(ClusterHealthCheck.class::cast);
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
