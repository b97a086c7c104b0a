package org.imsession.camel.monitor;

import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether a route from {@code imsession:} is ready: what this check is, whatever the route follows. */
abstract class ReadinessCheck implements HealthCheck {

    private volatile boolean enabled = true;

    /** The id of the route, which may not be known when the check is made. */
    abstract String routeId();

    /** How it is; asked only while the check is enabled. */
    abstract Result ready(HealthCheckResultBuilder result);

    @Override
    public String getId() {
        return "consumer:imsession-" + routeId();
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public boolean isLiveness() {
        return false; // no restart of this process mends a server
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        return enabled ? ready(result)
                : result.message("Disabled").detail(CHECK_ENABLED, false).unknown().build();
    }
}
