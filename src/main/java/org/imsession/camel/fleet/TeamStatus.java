package org.imsession.camel.fleet;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;

/**
 * How the agents of a team are doing together, at one moment.
 *
 * @param agents how each is doing, in no order
 * @param former how the feeds of agents ended who have left the team since it was started: what they counted counts
 */
public record TeamStatus(List<FeedStatus> agents, List<FeedStatus> former) {

    static final TeamStatus NOBODY = new TeamStatus(List.of(), List.of());

    private static final Comparator<FeedStatus> WORST_FIRST = Comparator
            .comparing((FeedStatus status) -> status.state() != FeedState.PARKED)
            .thenComparing(Comparator.comparingInt(FeedStatus::attempts).reversed())
            .thenComparing(status -> status.silentSince().orElse(status.since()))
            .thenComparing(FeedStatus::agent);

    public TeamStatus {
        agents = List.copyOf(agents);
        former = List.copyOf(former);
    }

    /** How many are in each state in which any is. */
    public Map<FeedState, Integer> byState() {
        Map<FeedState, Integer> counts = new EnumMap<>(FeedState.class);
        agents.forEach(status -> counts.merge(status.state(), 1, Integer::sum));
        return counts;
    }

    /** The same in one line: {@code LIVE} if all are, else {@code LIVE=498 PARKED=2}, {@code STOPPED} if none is. */
    public String summary() {
        Map<FeedState, Integer> counts = byState();
        return switch (counts.size()) {
            case 0 -> FeedState.STOPPED.name();
            case 1 -> counts.keySet().iterator().next().name();
            default -> counts.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining(" "));
        };
    }

    /** How many are in that state. */
    public int count(FeedState state) {
        return (int) agents.stream().filter(status -> status.state() == state).count();
    }

    /** To how many events flow: a feed to which something in front of the server lets none through is not live. */
    public int live() {
        return (int) agents.stream().filter(FeedStatus::live).count();
    }

    /** Whether at least that part of the agents is live, in percent; so it is if there is no agent. */
    public boolean live(int percent) {
        return (long) live() * 100 >= (long) percent * agents.size();
    }

    /** Those who are not live: the parked ones first, then who has failed most often, then who has waited longest. */
    public List<FeedStatus> worst(int most) {
        return agents.stream().filter(status -> !status.live()).sorted(WORST_FIRST).limit(most).toList();
    }

    /** The sum of a count over the life of the team. */
    public long total(ToLongFunction<FeedStatus> count) {
        return agents.stream().mapToLong(count).sum() + former.stream().mapToLong(count).sum();
    }

    /** Whether it holds for all, of whom there must be one. */
    public boolean all(Predicate<FeedStatus> what) {
        return !agents.isEmpty() && agents.stream().allMatch(what);
    }

    /** When the last event of any agent was received, if one was. */
    public Optional<Instant> lastEventAt() {
        return agents.stream().flatMap(status -> status.lastEventAt().stream()).max(Comparator.naturalOrder());
    }

    /** What the sessions promise: {@code at-least-once}, {@code at-most-once}, {@code none}, or {@code mixed}. */
    public String guarantee() {
        List<String> labels = agents.stream().map(status -> status.guarantee().label()).distinct().toList();
        return labels.isEmpty() ? "none" : labels.size() == 1 ? labels.get(0) : "mixed";
    }
}
