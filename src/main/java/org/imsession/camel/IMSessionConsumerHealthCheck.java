package org.imsession.camel;

import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.imsession.camel.feed.FeedStatus;
import org.imsession.camel.fleet.Roster;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.fleet.TeamStatus;

/**
 * Readiness: UP while the agent is subscribed and connected, DOWN otherwise, with who is silent since when and why. The
 * check of a team is UP while at least {@code minLiveAgents} percent of its agents are, and DOWN before its directory
 * has told who they are; a team that is known to be empty is UP.
 */
final class IMSessionConsumerHealthCheck extends ReadinessCheck {

    private final IMSessionConsumer consumer;

    IMSessionConsumerHealthCheck(IMSessionConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    String routeId() {
        return consumer.getRouteId();
    }

    @Override
    Result ready(HealthCheckResultBuilder result) {
        result.detail(ENDPOINT_URI, consumer.getEndpoint().toString());
        if (consumer.getEndpoint().isServerUnchecked()) {
            result.detail("serverCertificate", "not checked (allowAnyCertificate)");
        }
        Optional<Team> team = consumer.team();
        if (team.isEmpty()) {
            return result.message("The consumer is stopped").down().build();
        }
        team.get().services().ifPresent(services -> result.detail("services", services));
        TeamStatus status = team.get().status();
        return consumer.getEndpoint().getAgents() != null ? team(result, status, team.get().roster())
                : status.agents().isEmpty() ? result.message("The consumer is starting").down().build()
                : one(result, status.agents().get(0));
    }

    private static Result one(HealthCheckResultBuilder result, FeedStatus status) {
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
        return result.down().message(silent(status)).build();
    }

    private Result team(HealthCheckResultBuilder result, TeamStatus status, Roster roster) {
        IMSessionConfiguration options = consumer.getEndpoint().getConfiguration();
        result.detail("team", consumer.getEndpoint().getAgent());
        result.detail("agents", status.agents().size());
        status.byState().forEach((state, count) -> result.detail("agents." + state, count));
        int place = 1;
        for (FeedStatus worst : status.worst(options.getHealthNames())) {
            result.detail("notLive." + place++, worst.agent() + " " + worst.state() + " since " + worst.since() + ": "
                    + worst.reason());
        }
        result.detail("directory", !consumer.knowsTeam() ? ManagedTeamConsumer.UNKNOWN_TEAM
                : roster.problem().isEmpty() ? "up to date" : roster.problem());
        result.detail("rejectedEntries", roster.rejected().size());
        roster.rejected().stream().limit(options.getHealthNames())
                .forEach(entry -> result.detail("rejected." + (roster.rejected().indexOf(entry) + 1), entry.why()));
        result.detail("deliveryGuarantee", status.guarantee());
        result.detail("lastEvent", status.lastEventAt().map(Object::toString).orElse("none"));
        result.detail("received", status.total(FeedStatus::received));
        result.detail("pending", status.agents().stream().mapToInt(FeedStatus::pending).sum());
        result.detail("gaps", status.total(FeedStatus::gaps));
        result.detail("resynchronised", status.all(agent -> agent.live() && !agent.unrepaired()));
        if (!consumer.knowsTeam()) {
            return result.down().message(ManagedTeamConsumer.UNKNOWN_TEAM).build();
        }
        if (status.live(options.getMinLiveAgents())) {
            return result.up().build();
        }
        return result.down().message(status.live() + " of " + status.agents().size() + " agents are"
                + " live, less than " + options.getMinLiveAgents() + " percent; " + status.worst(1).stream().findFirst()
                .map(IMSessionConsumerHealthCheck::silent).orElse("")).build();
    }

    private static String silent(FeedStatus status) {
        return "agent " + status.agent() + " receives nothing since " + status.since() + ": " + status.reason();
    }
}
