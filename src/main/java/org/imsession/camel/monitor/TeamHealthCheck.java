package org.imsession.camel.monitor;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.imsession.camel.feed.FeedStatus;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.spi.Roster;

/**
 * Readiness: UP while the agent is subscribed and connected, DOWN otherwise, with who is silent since when and why. The
 * check of a team is UP while at least {@code minLiveAgents} percent of its agents are, and DOWN before its directory
 * has told who they are; a team that is known to be empty is UP.
 */
public final class TeamHealthCheck extends ReadinessCheck {

    private final FollowedTeam followed;
    private final Bounds bounds;

    /**
     * What is asked of the agents.
     *
     * @param endpoint        the address, without secrets
     * @param serverUnchecked whether any certificate is accepted, known once it has started
     * @param minLiveAgents   how many percent of a team must be live
     * @param names           how many of those that are not are named
     */
    public record Bounds(String endpoint, BooleanSupplier serverUnchecked, int minLiveAgents, int names) {
    }

    public TeamHealthCheck(FollowedTeam followed, Bounds bounds) {
        this.followed = followed;
        this.bounds = bounds;
    }

    @Override
    String routeId() {
        return followed.routeId();
    }

    @Override
    Result ready(HealthCheckResultBuilder result) {
        result.detail(ENDPOINT_URI, bounds.endpoint());
        if (bounds.serverUnchecked().getAsBoolean()) {
            result.detail("serverCertificate", "not checked (allowAnyCertificate)");
        }
        Optional<Team> team = followed.team();
        if (team.isEmpty()) {
            return result.message("The consumer is stopped" + (followed.startProblem().isEmpty() ? ""
                    : ": " + followed.startProblem())).down().build();
        }
        team.get().services().ifPresent(services -> result.detail("services", services));
        TeamStatus status = team.get().status();
        return followed.isTeam() ? team(result, status, team.get().roster())
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
        result.detail("team", followed.name());
        result.detail("agents", status.agents().size());
        status.byState().forEach((state, count) -> result.detail("agents." + state, count));
        int place = 1;
        for (FeedStatus worst : status.worst(bounds.names())) {
            result.detail("notLive." + place++, worst.agent() + " " + worst.state() + " since " + worst.since() + ": "
                    + worst.reason());
        }
        result.detail("directory", !followed.isKnown() ? FollowedTeam.UNKNOWN
                : roster.problem().isEmpty() ? "up to date" : roster.problem());
        result.detail("rejectedEntries", roster.rejected().size());
        roster.rejected().stream().limit(bounds.names())
                .forEach(entry -> result.detail("rejected." + (roster.rejected().indexOf(entry) + 1), entry.why()));
        result.detail("deliveryGuarantee", status.guarantee());
        result.detail("lastEvent", status.lastEventAt().map(Object::toString).orElse("none"));
        result.detail("received", status.total(FeedStatus::received));
        result.detail("pending", status.agents().stream().mapToInt(FeedStatus::pending).sum());
        result.detail("gaps", status.total(FeedStatus::gaps));
        result.detail("resynchronised", status.all(agent -> agent.live() && !agent.unrepaired()));
        if (!followed.isKnown()) {
            return result.down().message(FollowedTeam.UNKNOWN).build();
        }
        if (status.live(bounds.minLiveAgents())) {
            return result.up().build();
        }
        return result.down().message(status.live() + " of " + status.agents().size() + " agents are"
                + " live, less than " + bounds.minLiveAgents() + " percent; " + status.worst(1).stream().findFirst()
                .map(TeamHealthCheck::silent).orElse("")).build();
    }

    private static String silent(FeedStatus status) {
        return "agent " + status.agent() + " receives nothing since " + status.since() + ": " + status.reason();
    }
}
