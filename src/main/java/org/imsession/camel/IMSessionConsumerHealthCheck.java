package org.imsession.camel;

import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.imsession.camel.feed.FeedStatus;

/**
 * Readiness: UP while the agent is subscribed and connected, DOWN otherwise, with who is silent since when and why.
 */
final class IMSessionConsumerHealthCheck implements HealthCheck {

    private final IMSessionConsumer consumer;
    private boolean enabled = true;

    IMSessionConsumerHealthCheck(IMSessionConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public String getId() {
        return "consumer:imsession-" + consumer.getRouteId();
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
        if (!enabled) {
            return result.message("Disabled").detail(CHECK_ENABLED, false).unknown().build();
        }
        FeedStatus status = consumer.status();
        if (status == null) {
            return result.message("The consumer is stopped").down().build();
        }
        result.detail(ENDPOINT_URI, consumer.getEndpoint().toString());
        result.detail("agent", status.agent());
        result.detail("server", status.server());
        result.detail("state", status.state().name());
        result.detail("since", status.since().toString());
        result.detail("reason", status.reason());
        result.detail("attempts", status.attempts());
        result.detail("deliveryGuarantee", status.guarantee().label());
        result.detail("lastEvent", status.lastEventAt().map(Object::toString).orElse("none"));
        result.detail("received", status.received());
        result.detail("pending", status.pending());
        result.detail("gaps", status.gaps());
        result.detail("resynchronised", !status.unrepaired());
        result.detail("resumable", status.resumable());
        if (status.live()) {
            return result.up().build();
        }
        return result.down().message("agent " + status.agent() + " receives nothing since " + status.since() + ": "
                + status.reason()).build();
    }
}
