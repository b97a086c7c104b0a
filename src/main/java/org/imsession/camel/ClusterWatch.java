package org.imsession.camel;

import java.util.Collection;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.LifecycleStrategySupport;

/** Gives each route that nodes share a health check, for Camel's own says UP whether or not anybody is followed. */
final class ClusterWatch extends LifecycleStrategySupport {

    private final IMSessionComponent component;

    ClusterWatch(IMSessionComponent component) {
        this.component = component;
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            ClusterRoute.of(route).filter(shared -> shared.endpoint().getComponent() == component)
                    .ifPresent(ClusterWatch::check);
        }
    }

    private static void check(ClusterRoute shared) {
        if (shared.endpoint().getComponent().isHealthCheckConsumerEnabled()
                && shared.route().getConsumer() instanceof HealthCheckAware aware && aware.getHealthCheck() == null) {
            aware.setHealthCheck(new ClusterHealthCheck(shared));
        }
    }
}
