package org.imsession.camel;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Readiness of a route that nodes share. On the node that leads it is that of the agents, and DOWN if nobody is
 * followed although it leads. A node that stands by is UP, for it is ready to take over: it says that it stands by, and
 * nothing about agents.
 */
final class ClusterHealthCheck implements HealthCheck {

    private static final String ROLE = "role";
    private static final String STARTING = "the consumer is starting";

    private final ClusterRoute shared;
    private boolean enabled = true;
    private volatile String whyNobody = STARTING;

    ClusterHealthCheck(ClusterRoute shared) {
        this.shared = shared;
    }

    @Override
    public String getId() {
        return "consumer:imsession-" + shared.route().getRouteId();
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

    /** The consumer has started. */
    void started() {
        whyNobody = STARTING;
    }

    /** The consumer could not start, and why. */
    void failed(Exception reason) {
        whyNobody = "the start failed: " + reason.getMessage();
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        if (!enabled) {
            return result.message("Disabled").detail(CHECK_ENABLED, false).unknown().build();
        }
        Optional<IMSessionConsumer> consumer = shared.following();
        if (consumer.isPresent()) {
            Result agents = new IMSessionConsumerHealthCheck(consumer.get()).call(options);
            agents.getMessage().ifPresent(result::message);
            return result.details(agents.getDetails()).detail(ROLE, "leader").state(agents.getState()).build();
        }
        if (shared.leads()) {
            return result.detail(ROLE, "leader").down().message("This node leads, but follows nobody: " + whyNobody)
                    .build();
        }
        return result.detail(ROLE, "standby").up().message("Stands by: this node does not lead, and follows nobody")
                .build();
    }
}
