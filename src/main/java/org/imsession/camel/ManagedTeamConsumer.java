package org.imsession.camel;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.support.DefaultConsumer;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.text.ForPeople;

/** What JMX shows of a consumer and its agents, and what an operator can do to them. */
abstract class ManagedTeamConsumer extends DefaultConsumer {

    private static final int MOST_NAMES = 100;

    ManagedTeamConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Whom the consumer follows. */
    abstract FollowedTeam followed();

    abstract long exchanges();

    abstract long failedExchanges();

    private TeamStatus status() {
        return followed().status();
    }

    @ManagedAttribute(description = "State of the feed: LIVE if the events of all agents flow, else how many in which")
    public String getFeedState() {
        return status().summary();
    }

    @ManagedAttribute(description = "Since when the feed has been in that state, and why; of a team, its worst agent")
    public String getFeedReason() {
        TeamStatus status = status();
        if (status.agents().size() == 1) {
            return sinceAndWhy(status.agents().get(0));
        }
        return status.worst(1).stream().findFirst().map(worst -> worst.agent() + " " + sinceAndWhy(worst))
                .orElse(status.agents().isEmpty() ? whyNobody() : "all agents are live");
    }

    private String whyNobody() {
        return followed().team().isEmpty() ? "stopped"
                : followed().isKnown() ? "nobody is in the team" : FollowedTeam.UNKNOWN;
    }

    private static String sinceAndWhy(FeedStatus status) {
        return status.silentSince().map(silent -> "silent since ").orElse("since ")
                + ForPeople.since(status.silentSince().orElse(status.since()), Instant.now()) + ": " + status.reason();
    }

    @ManagedAttribute(description = "Services behind the server that are not active, or that all are; empty if not"
            + " known")
    public String getServices() {
        return followed().services().orElse("");
    }

    @ManagedAttribute(description = "What the current sessions promise: at-least-once, at-most-once, or mixed")
    public String getDeliveryGuarantee() {
        return status().guarantee();
    }

    @ManagedAttribute(description = "When the last event was received, empty if none was")
    public String getLastEvent() {
        return status().lastEventAt().map(last -> ForPeople.second(last)).orElse("");
    }

    @ManagedAttribute(description = "Attempts that failed since the feed was last live and stable; of a team, the most")
    public int getAttempts() {
        return status().agents().stream().mapToInt(FeedStatus::attempts).max().orElse(0);
    }

    @ManagedAttribute(description = "Events received and not ended")
    public int getPendingEvents() {
        return status().agents().stream().mapToInt(FeedStatus::pending).sum();
    }

    @ManagedAttribute(description = "Events that the route has been given and has not taken, because a sink fails or"
            + " hangs: which of whom since when, with attempts and reason, the oldest 100")
    public List<String> getUndelivered() {
        Instant now = Instant.now();
        return followed().undelivered().stream().limit(MOST_NAMES).map(each -> each.summary(now)).toList();
    }

    @ManagedAttribute(description = "Whether the sessions of all agents could be read since the last subscription")
    public boolean isResynchronised() {
        return status().all(agent -> agent.live() && !agent.unrepaired());
    }

    @ManagedAttribute(description = "Gaps reported")
    public long getGaps() {
        return status().total(FeedStatus::gaps);
    }

    @ManagedAttribute(description = "Events received from the server")
    public long getReceivedEvents() {
        return status().total(FeedStatus::received);
    }

    @ManagedAttribute(description = "New sessions made after one had been live")
    public long getReconnects() {
        return status().total(FeedStatus::reconnects);
    }

    @ManagedAttribute(description = "Whether another process could go on with the current sessions of all agents")
    public boolean isResumable() {
        return status().all(FeedStatus::resumable);
    }

    @ManagedAttribute(description = "Exchanges made")
    public long getExchanges() {
        return exchanges();
    }

    @ManagedAttribute(description = "Exchanges that failed")
    public long getFailedExchanges() {
        return failedExchanges();
    }

    @ManagedAttribute(description = "Exchanges of events that may have been delivered before")
    public long getRedeliveries() {
        return followed().redeliveries();
    }

    @ManagedAttribute(description = "Times that an agent was parked")
    public long getParkings() {
        return followed().parkings();
    }

    @ManagedAttribute(description = "How many agents there are")
    public int getAgents() {
        return status().agents().size();
    }

    @ManagedAttribute(description = "How many agents are live")
    public int getLiveAgents() {
        return status().live();
    }

    @ManagedAttribute(description = "How many agents are parked")
    public int getParkedAgents() {
        return status().count(FeedState.PARKED);
    }

    @ManagedAttribute(description = "How many agents are in which state")
    public String getAgentsByState() {
        return status().byState().toString();
    }

    @ManagedAttribute(description = "The agents that are not live with state, since when and why, the worst 100")
    public List<String> getNotLive() {
        return status().worst(MOST_NAMES).stream().map(FeedStatus::toString).toList();
    }

    @ManagedOperation(description = "How one agent is doing: state, since when and why, with its counts")
    public String agentState(String agent) {
        return followed().team().flatMap(team -> team.status(agent)).map(FeedStatus::summary).orElseThrow(() ->
                new IllegalArgumentException("There is no agent " + agent + " here"));
    }

    @ManagedOperation(description = "How each agent is doing, a line for each, by name")
    public List<String> agentStates() {
        return status().agents().stream().sorted(Comparator.comparing(FeedStatus::agent)).map(FeedStatus::summary)
                .toList();
    }

    @ManagedAttribute(description = "Why the directory of the team is not what is followed, empty if it is")
    public String getDirectoryProblem() {
        return followed().directoryProblem();
    }

    @ManagedAttribute(description = "The entries of the directory that cannot be used, and why")
    public List<String> getRejectedEntries() {
        return followed().rejectedEntries();
    }

    @ManagedOperation(description = "Try again at once, whoever is parked, backing off or reconnecting")
    public void retryNow() {
        followed().team().ifPresent(Team::retryNow);
    }

    @ManagedOperation(description = "Try one agent again at once, if it is parked, backing off or reconnecting")
    public void retryNow(String agent) {
        followed().team().ifPresent(team -> team.retryNow(agent));
    }
}
