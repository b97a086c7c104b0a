package org.imsession.camel.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.recovery.UndeliveredEvent;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.text.ForPeople;

/**
 * Readiness: UP while the agent is subscribed and connected, DOWN otherwise, with who is silent since when and why. It
 * is DOWN, too, while an event is undelivered for longer than a limit, because a sink of the route fails or hangs. The
 * check of a team is UP while at least {@code minLiveAgents} percent of its agents are live, and DOWN before its
 * directory has told who they are; a team that is known to be empty is UP.
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
     * @param undeliveredLimit for how many milliseconds an event may be undelivered
     */
    public record Bounds(String endpoint, BooleanSupplier serverUnchecked, int minLiveAgents, int names,
                         long undeliveredLimit) {
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
        Sink sink = sink(result);
        return followed.isTeam() ? team(result, status, team.get().roster(), sink)
                : status.agents().isEmpty() ? result.message("The consumer is starting").down().build()
                : one(result, status.agents().get(0), sink);
    }

    /**
     * Whether what the route has been given goes through.
     *
     * @param words what does not, to be appended to a message
     */
    private record Sink(boolean well, String words) {
    }

    private Sink sink(HealthCheckResultBuilder result) {
        List<UndeliveredEvent> undelivered = followed.undelivered();
        result.detail("undelivered", undelivered.size());
        if (undelivered.isEmpty()) {
            return new Sink(true, "");
        }
        Instant now = Instant.now();
        UndeliveredEvent oldest = undelivered.get(0);
        result.detail("undeliveredAgent", oldest.agent());
        result.detail("undeliveredSequence", oldest.sequence());
        result.detail("undeliveredSince", ForPeople.second(oldest.since()));
        result.detail("undeliveredAttempts", oldest.attempts());
        result.detail("undeliveredReason", oldest.reason());
        return new Sink(!oldest.isOlder(bounds.undeliveredLimit(), now), "; " + oldest.summary(now)
                + (undelivered.size() > 1 ? "; and " + (undelivered.size() - 1) + " more" : ""));
    }

    private Result one(HealthCheckResultBuilder result, FeedStatus status, Sink sink) {
        result.detail("agent", status.agent());
        result.detail("server", status.server());
        result.detail("state", status.state().name());
        result.detail("since", ForPeople.second(status.since()));
        status.silentSince().ifPresent(silent -> result.detail("silentSince", ForPeople.second(silent)));
        result.detail("reason", status.reason());
        result.detail("attempts", status.attempts());
        result.detail("deliveryGuarantee", status.guarantee().label());
        result.detail("lastEvent", status.lastEventAt().map(ForPeople::second).orElse("none"));
        result.detail("received", status.received());
        result.detail("pending", status.pending());
        result.detail("gaps", status.gaps());
        result.detail("resynchronised", !status.unrepaired());
        result.detail("resumable", status.resumable());
        result.message(sentence(status) + sink.words() + lasting(result, status) + services());
        return status.live() && sink.well() ? result.up().build() : result.down().build();
    }

    private Result team(HealthCheckResultBuilder result, TeamStatus status, Roster roster, Sink sink) {
        result.detail("team", followed.name());
        result.detail("agents", status.agents().size());
        status.byState().forEach((state, count) -> result.detail("agents." + state, count));
        int place = 1;
        for (FeedStatus worst : status.worst(bounds.names())) {
            result.detail("notLive." + place++, sentence(worst));
        }
        result.detail("directory", !followed.isKnown() ? FollowedTeam.UNKNOWN
                : roster.problem().isEmpty() ? "up to date" : roster.problem());
        result.detail("rejectedEntries", roster.rejected().size());
        roster.rejected().stream().limit(bounds.names())
                .forEach(entry -> result.detail("rejected." + (roster.rejected().indexOf(entry) + 1), entry.why()));
        result.detail("deliveryGuarantee", status.guarantee());
        result.detail("lastEvent", status.lastEventAt().map(ForPeople::second).orElse("none"));
        result.detail("received", status.total(FeedStatus::received));
        result.detail("pending", status.agents().stream().mapToInt(FeedStatus::pending).sum());
        result.detail("gaps", status.total(FeedStatus::gaps));
        result.detail("resynchronised", status.all(agent -> agent.live() && !agent.unrepaired()));
        if (!followed.isKnown()) {
            return result.down().message(FollowedTeam.UNKNOWN).build();
        }
        boolean enough = status.live(bounds.minLiveAgents());
        return result.state(enough && sink.well() ? State.UP : State.DOWN).message(status.live() + " of "
                + status.agents().size()
                + " agents are live" + (enough ? "" : ", less than " + bounds.minLiveAgents() + " percent")
                + status.worst(1).stream().findFirst().map(worst -> "; " + sentence(worst)).orElse("") + sink.words()
                + services()).build();
    }

    /** An agent is live all the same, and hears nothing if it is the voice service. */
    private String services() {
        return followed.inactiveServices().map(services -> "; IMS-019: not active behind the server: " + services)
                .orElse("");
    }

    /** What is wrong beside the state, each under the code of its line in the log. */
    private static String lasting(HealthCheckResultBuilder result, FeedStatus status) {
        status.lasting().forEach(result::detail);
        return status.lasting().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(each -> "; " + each.getKey() + ": " + each.getValue()).collect(Collectors.joining());
    }

    /** Camel's page shows no more of a check than its message, unless it is asked for the data, too. */
    private static String sentence(FeedStatus status) {
        return status.sentence(Instant.now());
    }

}
