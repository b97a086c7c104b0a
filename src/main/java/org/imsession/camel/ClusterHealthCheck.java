package org.imsession.camel;

import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.imsession.camel.model.LogText;

/**
 * Readiness of a route that nodes share. On the node that leads it is that of the agents, and DOWN if nobody is
 * followed although it leads. A node that stands by is UP, for it is ready to take over: it says that it stands by, and
 * nothing about agents.
 */
final class ClusterHealthCheck extends ReadinessCheck {

    private static final String ROLE = "role";
    private static final String STARTING = "the consumer is starting";

    private final ClusterRoute shared;
    private volatile String whyNobody = STARTING;

    ClusterHealthCheck(ClusterRoute shared) {
        this.shared = shared;
    }

    @Override
    String routeId() {
        return shared.route().getRouteId();
    }

    /** The consumer has started. */
    void started() {
        whyNobody = STARTING;
    }

    /** The consumer could not start, and why. */
    void failed(Exception reason) {
        whyNobody = LogText.line("the start failed: " + reason.getMessage());
    }

    @Override
    Result ready(HealthCheckResultBuilder result) {
        Optional<IMSessionConsumer> consumer = shared.following();
        if (consumer.isPresent()) {
            Result agents = new IMSessionConsumerHealthCheck(consumer.get()).call();
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
