package org.imsession.camel.fleet;

import java.util.List;
import java.util.Optional;
import org.imsession.camel.recovery.UndeliveredEvent;
import org.imsession.camel.spi.Roster.RejectedEntry;

/** What is to be seen of one consumer and the agents that it follows, by whoever watches it. Safe for any thread. */
public interface FollowedTeam {

    /** Why nobody is followed before a directory has answered. */
    String UNKNOWN = "the directory has not told who is in the team yet";

    /** The id of the route that consumes, {@code null} if the consumer has none, or none yet. */
    String routeId();

    /** The login name of the agent, or the name of the team. */
    String name();

    /** Whether a directory says who is followed. */
    boolean isTeam();

    /** The agents, while the consumer is started. */
    Optional<Team> team();

    /** Whether it is known who is to be followed: a directory may not have told it yet. */
    boolean isKnown();

    /** Exchanges of events that may have been delivered before. */
    long redeliveries();

    /** What the route has been given and has not taken, the oldest first. */
    List<UndeliveredEvent> undelivered();

    /** Why the directory had nobody to begin with when the consumer was to start last, empty if it had, or did not say. */
    String startProblem();

    /** Times that an agent was parked. */
    long parkings();

    /** How the agents are doing; as if there were none while the consumer is stopped. */
    default TeamStatus status() {
        return team().map(Team::status).orElse(TeamStatus.NOBODY);
    }

    /** Which services behind the server are not active, or that all are; empty if that is not known. */
    default Optional<String> services() {
        return team().flatMap(Team::services);
    }

    /** Which services behind the server are not active; empty if all are, or that is not known. */
    default Optional<String> inactiveServices() {
        return services().filter(services -> !services.equals(ServicesWatch.ALL_ACTIVE));
    }

    /** Why the directory of the team is not what is followed, empty if it is. */
    default String directoryProblem() {
        return team().map(team -> isKnown() ? team.roster().problem() : UNKNOWN).orElseGet(this::startProblem);
    }

    /** The entries of the directory that cannot be used, and why. */
    default List<String> rejectedEntries() {
        return team().map(team -> team.roster().rejected().stream().map(RejectedEntry::why).toList()).orElse(List.of());
    }
}
