package org.imsession.camel.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.imsession.camel.fleet.FollowedTeam;
import org.imsession.camel.fleet.Team;
import org.imsession.camel.fleet.TeamStatus;
import org.imsession.camel.model.LogText;
import org.imsession.camel.recovery.UndeliveredEvent;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one consumer in Micrometer's registry. Loaded only where Micrometer is: nothing else here may name one
 * of its classes.
 */
final class TeamMeters implements Meters {

    private static final Logger LOG = LoggerFactory.getLogger(TeamMeters.class);
    /** One look at all agents serves all meters of a scrape. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Of a route that follows one agent, who is named only if that is asked for; some back ends want no empty tag. */
    private static final String NO_TEAM = "none";

    private final MeterRegistry registry;
    private final FollowedTeam followed;
    private final Tags tags;
    private final List<Meter> ofTeam = new ArrayList<>();
    private final Map<String, List<Meter>> ofAgents = new HashMap<>();
    private TeamStatus seen;
    private long seenNanos;
    private boolean closed;
    private boolean refused;

    private TeamMeters(MeterRegistry registry, FollowedTeam followed) {
        this.registry = registry;
        this.followed = followed;
        this.tags = Tags.of("route", followed.routeId() == null ? "" : followed.routeId(), "team",
                followed.isTeam() ? followed.name() : NO_TEAM);
        register();
    }

    /** Registers the meters of a consumer; does nothing if the Camel registry has no meter registry. */
    static Meters of(CamelContext context, FollowedTeam followed) {
        Set<MeterRegistry> found = context.getRegistry().findByType(MeterRegistry.class);
        return found.isEmpty() ? Meters.NONE : new TeamMeters(found.iterator().next(), followed);
    }

    private void register() {
        for (FeedState state : FeedState.values()) {
            add(ofTeam, () -> Gauge.builder("imsession.agents", this, meters -> meters.status().count(state))
                    .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                    .description("Agents in this state").register(registry));
        }
        add(ofTeam, () -> Gauge.builder("imsession.pending", this, meters -> meters.status().agents().stream()
                .mapToInt(FeedStatus::pending).sum()).tags(tags)
                .description("Events received and not ended").register(registry));
        add(ofTeam, () -> TimeGauge.builder("imsession.last.event.age", this, TimeUnit.SECONDS, meters ->
                age(meters.status().lastEventAt())).tags(tags)
                .description("Time since the last event of any agent").register(registry));
        add(ofTeam, () -> Gauge.builder("imsession.undelivered", this,
                meters -> meters.followed.undelivered().size()).tags(tags)
                .description("Events that the route has been given and has not taken: a sink fails or hangs")
                .register(registry));
        add(ofTeam, () -> TimeGauge.builder("imsession.undelivered.age", this, TimeUnit.SECONDS, meters ->
                age(meters.followed.undelivered().stream())).tags(tags)
                .description("Time since the oldest of them was to be delivered; 0 if there is none")
                .register(registry));
        add(ofTeam, () -> TimeGauge.builder("imsession.silent.age", this, TimeUnit.SECONDS, meters ->
                meters.status().agents().stream().mapToDouble(TeamMeters::silentFor).max().orElse(0)).tags(tags)
                .description("For how long nothing comes to the agent who waits longest; 0 if all are live")
                .register(registry));
        counter("imsession.events", "Events received", meters -> meters.status().total(FeedStatus::received));
        counter("imsession.gaps", "Gaps reported", meters -> meters.status().total(FeedStatus::gaps));
        counter("imsession.reconnects", "New sessions after one had been live",
                meters -> meters.status().total(FeedStatus::reconnects));
        counter("imsession.login.failures", "Logins that failed, for whatever reason",
                meters -> meters.status().total(FeedStatus::failedLogins));
        counter("imsession.redeliveries", "Exchanges of events that may have been delivered before",
                meters -> meters.followed.redeliveries());
        counter("imsession.parkings", "Times that an agent was parked", meters -> meters.followed.parkings());
    }

    private void counter(String name, String description, ToDoubleFunction<TeamMeters> value) {
        add(ofTeam, () -> FunctionCounter.builder(name, this, value).tags(tags).description(description)
                .register(registry));
    }

    private void add(List<Meter> meters, Supplier<Meter> registered) {
        attempt(() -> meters.add(registered.get()));
    }

    private void remove(Meter meter) {
        attempt(() -> registry.remove(meter));
    }

    /** A registry that refuses costs its meters, and neither a start nor a stop of the route. */
    private void attempt(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            if (!refused) {
                refused = true;
                LOG.warn("IMS-014 route={} a meter cannot be registered or removed; events flow all the same, but some"
                        + " meters may be missing or left behind: {}", followed.routeId(),
                        LogText.escape(e.toString()));
            }
        }
    }

    private synchronized TeamStatus status() {
        long now = System.nanoTime();
        if (seen == null || now - seenNanos > FRESH_NANOS) {
            seen = followed.status();
            seenNanos = now;
        }
        return seen;
    }

    private static double age(Optional<Instant> last) {
        return last.map(TeamMeters::secondsSince).orElse(Double.NaN);
    }

    private static double silentFor(FeedStatus status) {
        return status.silentSince().map(TeamMeters::secondsSince).orElse(0.0);
    }

    private static double secondsSince(Instant time) {
        return Duration.between(time, Instant.now()).toMillis() / 1000.0;
    }

    private static double age(Stream<UndeliveredEvent> undelivered) {
        return undelivered.map(UndeliveredEvent::since).min(Comparator.naturalOrder())
                .map(since -> age(Optional.of(since))).orElse(0.0);
    }

    private Stream<UndeliveredEvent> undelivered(String agent) {
        return followed.undelivered().stream().filter(each -> each.agent().equals(agent));
    }

    @Override
    public synchronized void agents(Set<String> names) {
        if (!closed) {
            become(names);
        }
    }

    private void become(Set<String> names) {
        Set<String> gone = new HashSet<>(ofAgents.keySet());
        gone.removeAll(names);
        gone.forEach(agent -> ofAgents.remove(agent).forEach(this::remove));
        names.forEach(agent -> ofAgents.computeIfAbsent(agent, this::metersOf));
    }

    private List<Meter> metersOf(String agent) {
        Tags named = tags.and("agent", agent);
        List<Meter> made = new ArrayList<>();
        add(made, () -> Gauge.builder("imsession.agent.live", this,
                meters -> meters.of(agent, status -> status.live() ? 1 : 0))
                .tags(named).description("1 if events of the agent flow").register(registry));
        add(made, () -> TimeGauge.builder("imsession.agent.silent.age", this, TimeUnit.SECONDS,
                meters -> meters.of(agent, TeamMeters::silentFor))
                .tags(named).description("For how long nothing comes to the agent; 0 while it is live")
                .register(registry));
        add(made, () -> Gauge.builder("imsession.agent.pending", this, meters -> meters.of(agent, FeedStatus::pending))
                .tags(named).description("Events of the agent received and not ended").register(registry));
        add(made, () -> Gauge.builder("imsession.agent.undelivered", this, meters -> meters.undelivered(agent).count())
                .tags(named).description("1 if an event of the agent is undelivered").register(registry));
        add(made, () -> TimeGauge.builder("imsession.agent.undelivered.age", this, TimeUnit.SECONDS,
                meters -> age(meters.undelivered(agent))).tags(named)
                .description("Time since it was to be delivered; 0 if none is").register(registry));
        add(made, () -> TimeGauge.builder("imsession.agent.last.event.age", this, TimeUnit.SECONDS,
                meters -> meters.of(agent, status -> age(status.lastEventAt())))
                .tags(named).description("Time since the last event of the agent").register(registry));
        add(made, () -> FunctionCounter.builder("imsession.agent.events", this,
                meters -> meters.of(agent, FeedStatus::received))
                .tags(named).description("Events received of the agent").register(registry));
        add(made, () -> FunctionCounter.builder("imsession.agent.gaps", this,
                meters -> meters.of(agent, FeedStatus::gaps))
                .tags(named).description("Gaps reported of the agent").register(registry));
        add(made, () -> FunctionCounter.builder("imsession.agent.reconnects", this,
                meters -> meters.of(agent, FeedStatus::reconnects))
                .tags(named).description("New sessions of the agent after one had been live").register(registry));
        return made;
    }

    private double of(String agent, ToDoubleFunction<FeedStatus> value) {
        return followed.team().flatMap((Team team) -> team.status(agent)).map(value::applyAsDouble).orElse(0.0);
    }

    /** For good: a roster that is told late registers nothing any more. */
    @Override
    public synchronized void close() {
        closed = true;
        ofTeam.forEach(this::remove);
        ofTeam.clear();
        become(Set.of());
    }
}
