package org.imsession.camel.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.imsession.camel.feed.FeedSubscriber;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.spi.Roster.RejectedEntry;
import org.imsession.camel.status.FeedStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents whom one consumer follows: one, or as many as a directory names. What the directory says is carried out
 * here: who is new is followed, who has gone is dismissed, who has other credentials is tried with them. An agent who
 * cannot be followed is parked with the reason, and the others go on. Safe for use by several threads; nothing here
 * waits for the network.
 */
public final class Team implements AgentDirectory.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Team.class);

    private final String name;
    private final Fleet fleet;
    private final AgentSettings pattern;
    private final FeedSubscriber subscriber;
    private final Duration patience;
    private final Map<String, TeamMember> members = new ConcurrentHashMap<>();
    private final Set<SharedFeed> former = ConcurrentHashMap.newKeySet(); // of whoever has ever been dismissed
    private final Map<String, FeedStatus> parked = new ConcurrentHashMap<>();
    // guarded by this
    private final Map<String, String> refused = new LinkedHashMap<>(); // who cannot be had as wanted, and why
    private Roster given = Roster.NOBODY;
    private Set<RejectedEntry> told = Set.of();
    private boolean suspended;
    private boolean stopped;
    private volatile Roster roster = Roster.NOBODY;

    /**
     * A team without agents.
     *
     * @param name       what log lines call it
     * @param fleet      where feeds come from
     * @param pattern    how each agent is followed, but for name and credentials
     * @param subscriber gets the events of all agents, of several at the same time
     * @param patience   how long the server may take to hear that an agent has gone
     */
    public Team(String name, Fleet fleet, AgentSettings pattern, FeedSubscriber subscriber, Duration patience) {
        this.name = name;
        this.fleet = fleet;
        this.pattern = pattern;
        this.subscriber = subscriber;
        this.patience = patience;
    }

    /** Which services behind the server are not active, or that all are; empty if that is not known, or not watched. */
    public Optional<String> services() {
        return pattern.services() != AgentSettings.Services.IGNORED ? fleet.services(pattern) : Optional.empty();
    }

    /**
     * Follows the one agent of the pattern.
     *
     * @return completes when the feed is live for the first time, or fails with what its first attempt failed with
     * @throws RuntimeException if the agent cannot be followed so, or its state cannot be kept
     */
    public synchronized CompletableFuture<Void> follow() {
        fleet.feed(pattern).feed().checkStore(); // a repository that cannot be used is told now
        TeamMember member = fleet.join(pattern, this::member);
        members.put(pattern.feed().agent(), member);
        return member.live();
    }

    /** Who is in the team from now on; says the faults that are new. */
    @Override
    public synchronized void roster(Roster next) {
        if (stopped) {
            return;
        }
        sayProblem(next);
        given = next;
        refused.clear();
        Set<String> unclear = new HashSet<>();
        next.rejected().forEach(entry -> unclear.add(entry.agent()));
        parked.keySet().removeIf(agent -> !next.agents().containsKey(agent) && !unclear.contains(agent));
        if (!unclear.contains("")) { // else it might be anybody whose entry cannot be read
            List.copyOf(members.keySet()).stream()
                    .filter(agent -> !next.agents().containsKey(agent) && !unclear.contains(agent))
                    .forEach(this::remove);
        }
        next.agents().forEach(this::add);
        next.rejected().stream().filter(entry -> !entry.agent().isEmpty() && !members.containsKey(entry.agent()))
                .forEach(entry -> park(entry.agent(), entry.why()));
        settle();
    }

    private void sayProblem(Roster next) {
        if (next.problem().equals(given.problem())) {
            return;
        }
        if (next.problem().isEmpty()) {
            LOG.info("IMS-012 team={} the directory can be read again: {} agents", name, next.agents().size());
        } else {
            LOG.warn("IMS-012 team={} the {} agents of before are followed on: {}", name, next.agents().size(),
                    next.problem());
        }
    }

    private void add(String agent, AgentCredentials credentials) {
        refused.remove(agent);
        try {
            TeamMember known = members.get(agent);
            if (known != null) {
                known.credentials(credentials);
            } else {
                members.put(agent, fleet.add(pattern.forAgent(agent, credentials), this::member));
                parked.remove(agent);
            }
        } catch (RuntimeException e) { // somebody else follows it in another way, for example
            String why = e.getMessage() != null ? LogText.line(e.getMessage())
                    : "agent " + agent + " cannot be followed so: " + e.getClass().getName();
            refused.put(agent, why);
            if (!members.containsKey(agent)) {
                park(agent, why);
            }
        }
    }

    private TeamMember member(SharedFeed shared) {
        return new TeamMember(shared, subscriber, suspended);
    }

    private void park(String agent, String why) {
        FeedStatus before = parked.get(agent);
        if (before == null || !before.reason().equals(why)) {
            Instant since = before == null ? Instant.now() : before.since();
            parked.put(agent, FeedStatus.parked(agent, pattern.feed().server(), since, why));
        }
    }

    /** Added to where it goes before it is taken from where it was: see {@link #status()}. */
    private void remove(String agent) {
        TeamMember gone = members.get(agent);
        former.add(gone.feed());
        members.remove(agent);
        gone.remove(patience);
    }

    /** Waits for whom others use, and shows and says what is wrong. */
    private void settle() {
        if (!refused.isEmpty() && fleet.waits(this)) {
            addRefused(); // who was let go of before that would be waited for in vain
        }
        if (refused.isEmpty()) {
            fleet.waitsNoMore(this);
        }
        List<RejectedEntry> faults = new ArrayList<>(given.rejected());
        refused.forEach((agent, why) -> faults.add(new RejectedEntry(agent, why)));
        roster = new Roster(given.agents(), faults, given.problem());
        faults.stream().distinct().filter(entry -> !told.contains(entry))
                .forEach(entry -> LOG.warn("IMS-013 team={} agent={} {}. The others are not concerned", name,
                        entry.agent().isEmpty() ? "?" : entry.agent(), entry.why()));
        told = Set.copyOf(faults);
    }

    private void addRefused() {
        List.copyOf(refused.keySet()).forEach(agent -> add(agent, given.agents().get(agent)));
    }

    /** Who could not be followed may be so now. */
    synchronized void addAgain() {
        if (!stopped && !refused.isEmpty()) {
            addRefused();
            settle();
        }
    }

    /**
     * The last roster: its {@code problem} and {@code rejected} are an operator's business. Among the rejected are
     * those whom others use in another way, followed or not.
     */
    public Roster roster() {
        return roster;
    }

    /**
     * How the agents are doing, those who cannot be followed among them. Without the lock, which is held for long while
     * thousands are followed: places are looked at in the order in which agents go from one to the next, so that nobody
     * is missed, and who is met twice counts once.
     */
    public TeamStatus status() {
        Map<String, FeedStatus> all = new HashMap<>(parked);
        Set<SharedFeed> present = new HashSet<>();
        members.forEach((agent, member) -> {
            present.add(member.feed());
            all.put(agent, member.status());
        });
        return new TeamStatus(List.copyOf(all.values()), former.stream().filter(feed -> !present.contains(feed))
                .map(feed -> feed.feed().status()).toList());
    }

    /** How one agent is doing, if it is in the team. */
    public Optional<FeedStatus> status(String agent) {
        Optional<FeedStatus> waiting = Optional.ofNullable(parked.get(agent)); // first, as for all
        return Optional.ofNullable(members.get(agent)).map(TeamMember::status).or(() -> waiting);
    }

    /** Who is in the team but cannot be followed, and why. */
    public List<FeedStatus> notFollowed() {
        return List.copyOf(parked.values());
    }

    /** Events of those agents that wait for the consumer to take them. */
    public int pending(Predicate<String> agents) {
        return members.entrySet().stream().filter(each -> agents.test(each.getKey()))
                .mapToInt(each -> each.getValue().delivery().pending()).sum();
    }

    /** Delivers what has been received, and then nothing until {@link #resume()}. */
    public synchronized void suspend() {
        suspended = true;
        members.values().forEach(member -> member.delivery().suspend());
    }

    /** Goes on after {@link #suspend()}. */
    public synchronized void resume() {
        suspended = false;
        members.values().forEach(member -> member.delivery().resume());
    }

    /** Tries again at once whoever is waiting for it. */
    public void retryNow() {
        members.values().forEach(TeamMember::retryNow);
        addAgain();
    }

    /**
     * Tries one agent again at once.
     *
     * @throws IllegalArgumentException if there is no such agent in the team
     */
    public void retryNow(String agent) {
        TeamMember member = members.get(agent);
        if (member != null) {
            member.retryNow();
        } else if (parked.containsKey(agent)) {
            addAgain();
        } else {
            throw new IllegalArgumentException("There is no agent " + agent + " in the team " + name);
        }
    }

    /**
     * Leaves all agents at the same time.
     *
     * @return completes when all have been left, which takes no longer than the patience
     */
    public synchronized CompletableFuture<Void> stop() {
        stopped = true;
        fleet.waitsNoMore(this);
        Collection<TeamMember> all = List.copyOf(members.values());
        members.clear();
        parked.clear();
        return CompletableFuture.allOf(all.stream().map(member -> member.leave(patience))
                .toArray(CompletableFuture[]::new));
    }
}
