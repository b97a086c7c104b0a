package org.imsession.camel.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.text.ForPeople;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again at WARN what lasts, with since when: a line of yesterday is not looked at any more by who comes on call.
 * It looks at the agents of one consumer now and then, so that nothing has to be taken back when it is over. Many
 * silent agents of a team are one line, for one server that is away silences all of them.
 */
public final class Reminders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("org.imsession.camel.feed");
    private static final int LOOKS = 60;
    private static final long LOOK_MILLIS = 60_000;
    private static final int MOST_AGENTS = 3;

    private final FollowedTeam followed;
    private final Duration every;
    private final InstantSource clock;
    /** Since when there is what does not say it itself, by what it is; as exact as the looks are often. */
    private Map<String, Instant> seen = new HashMap<>();
    private Instant before;
    private Future<?> timer = Timers.NONE;

    private record Lasting(Instant since, String line, Object... values) {
    }

    /**
     * Says nothing yet.
     *
     * @param every how often something is said again
     */
    public Reminders(FollowedTeam followed, Duration every, InstantSource clock) {
        this.followed = followed;
        this.every = every;
        this.clock = clock;
        this.before = clock.instant();
    }

    /** Looks now and then from now on; never, if what lasts is not to be said again. */
    public Reminders repeatWith(ScheduledExecutorService timers) {
        if (!every.isZero()) {
            timer = Timers.every(timers, Math.max(1, Math.min(LOOK_MILLIS, every.toMillis() / LOOKS)), this::look);
        }
        return this;
    }

    /** Says what has lasted for that long, or for a multiple of it, since the last look. */
    synchronized void look() {
        Instant now = clock.instant();
        Map<String, Instant> still = new HashMap<>();
        for (Lasting each : lasting(now, still)) {
            if (times(each.since(), now) > times(each.since(), before)) {
                LOG.warn(each.line(), each.values());
            }
        }
        seen = still;
        before = now;
    }

    private long times(Instant since, Instant at) {
        return at.isBefore(since) ? 0 : Duration.between(since, at).toMillis() / every.toMillis();
    }

    private List<Lasting> lasting(Instant now, Map<String, Instant> still) {
        List<Lasting> all = new ArrayList<>();
        TeamStatus status = followed.status();
        List<FeedStatus> silent = status.agents().stream().filter(Reminders::isSilent).toList();
        if (silent.size() > MOST_AGENTS) {
            all.add(team(status, silent, now));
        } else {
            silent.forEach(agent -> all.add(agent(agent, now)));
        }
        for (FeedStatus agent : status.agents()) {
            agent.lasting().forEach((code, what) -> {
                Instant since = since(code + agent.agent(), now, still);
                all.add(new Lasting(since, code + " agent={} server={} since {}: {}", agent.agent(), agent.server(),
                        ForPeople.since(since, now), what));
            });
        }
        followed.inactiveServices().ifPresent(services -> {
            Instant since = since("services", now, still);
            all.add(new Lasting(since, "IMS-019 route={} since {} services behind the server are not active: {}. Agents"
                    + " may be live and receive nothing", followed.routeId(), ForPeople.since(since, now), services));
        });
        if (followed.isTeam() && !followed.directoryProblem().isEmpty()) {
            Instant since = since("directory", now, still);
            all.add(new Lasting(since, "IMS-012 team={} since {} the agents of before are followed on: {}",
                    followed.name(), ForPeople.since(since, now), followed.directoryProblem()));
        }
        return all;
    }

    private Instant since(String what, Instant now, Map<String, Instant> still) {
        Instant since = seen.getOrDefault(what, now);
        still.put(what, since);
        return since;
    }

    private static boolean isSilent(FeedStatus agent) {
        return !agent.live() && agent.state() != FeedState.STOPPED && agent.state() != FeedState.STOPPING;
    }

    private static Instant silentSince(FeedStatus agent) {
        return agent.silentSince().orElse(agent.since());
    }

    private static Lasting agent(FeedStatus agent, Instant now) {
        return new Lasting(silentSince(agent), agent.state() == FeedState.PARKED ? "IMS-002 {}" : "IMS-001 {}",
                agent.sentence(now));
    }

    private Lasting team(TeamStatus status, List<FeedStatus> silent, Instant now) {
        Instant first = silent.stream().map(Reminders::silentSince).min(Instant::compareTo).orElse(now);
        return new Lasting(first, "IMS-001 route={} team={} {} of {} agents receive nothing, the first of them since"
                + " {}, by state {}; {}", followed.routeId(), followed.name(), silent.size(), status.agents().size(),
                ForPeople.since(first, now), status.byState(),
                status.worst(MOST_AGENTS).stream().map(worst -> worst.sentence(now)).toList());
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
