package org.imsession.camel.monitor;

import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.imsession.camel.cluster.ClusterRoute;
import org.imsession.camel.cluster.Follower;
import org.imsession.camel.cluster.StartListener;
import org.imsession.camel.model.LogText;

/**
 * Readiness of a route that nodes share. On the node that leads it is that of the agents, and DOWN if nobody is
 * followed although it leads. A node that stands by is UP, for it is ready to take over: it says that it stands by, and
 * nothing about agents.
 */
public final class ClusterHealthCheck extends ReadinessCheck implements StartListener {

    private static final String ROLE = "role";
    private static final String STARTING = "the consumer is starting";

    private final ClusterRoute shared;
    private volatile String whyNobody = STARTING;

    public ClusterHealthCheck(ClusterRoute shared) {
        this.shared = shared;
    }

    @Override
    String routeId() {
        return shared.route().getRouteId();
    }

    @Override
    public void started() {
        whyNobody = STARTING;
    }

    @Override
    public void failed(Exception reason) {
        whyNobody = LogText.line("the start failed: " + reason.getMessage());
    }

    @Override
    Result ready(HealthCheckResultBuilder result) {
        Optional<Follower> follower = shared.follower();
        if (follower.isPresent()) {
            Result agents = follower.get().consumer().getHealthCheck().call();
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
