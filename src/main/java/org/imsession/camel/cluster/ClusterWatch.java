package org.imsession.camel.cluster;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.LifecycleStrategySupport;

/** Gives each route that nodes share a health check, for Camel's own says UP whether or not anybody is followed. */
public final class ClusterWatch extends LifecycleStrategySupport {

    private final ClusterRoutes shared;
    private final BooleanSupplier enabled;
    private final Function<ClusterRoute, HealthCheck> check;

    /**
     * @param shared  the routes
     * @param enabled whether consumers have health checks
     * @param check   makes one
     */
    public ClusterWatch(ClusterRoutes shared, BooleanSupplier enabled, Function<ClusterRoute, HealthCheck> check) {
        this.shared = shared;
        this.enabled = enabled;
        this.check = check;
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        if (enabled.getAsBoolean()) {
            routes.forEach(route -> shared.of(route).ifPresent(this::check));
        }
    }

    private void check(ClusterRoute route) {
        if (route.route().getConsumer() instanceof HealthCheckAware aware && aware.getHealthCheck() == null) {
            aware.setHealthCheck(check.apply(route));
        }
    }
}
