package org.imsession.camel.recovery;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.imsession.camel.model.LogText;
import org.imsession.camel.text.ForPeople;
import org.imsession.camel.text.ShownFailure;
import org.imsession.camel.threads.Timers;

/**
 * What one route has been given and has not taken, by agent: one event of an agent is in the route at a time. A sink
 * that fails is told at once, then counted, each time after twice the pause, and it is told when events go through
 * again. Safe for use by several threads; nothing here waits.
 */
public final class UndeliveredEvents {

    private static final int MOST_CAUSES = 20;
    private static final int MOST_WORDS = 500;

    private final UndeliveredLog log;
    private final Duration limit;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<String, InHand> agents = new ConcurrentHashMap<>();
    // guarded by this
    private ScheduledExecutorService timers;
    private volatile boolean looking;

    /**
     * @param route    the id of the route, for an operator
     * @param limit    after which an event that is at work without an end counts as undelivered
     * @param nanoTime monotonic time in nanoseconds, which alone decides
     * @param clock    the time of day, for people
     */
    public UndeliveredEvents(Supplier<String> route, Duration limit, LongSupplier nanoTime, Clock clock) {
        this.log = new UndeliveredLog(route);
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** The route begins; these run what looks for events that do not end. */
    public synchronized void begin(ScheduledExecutorService scheduler) {
        timers = scheduler;
        looking = false;
    }

    /** The route ends: what it has not taken is no longer its business. */
    public synchronized void clear() {
        agents.clear();
        log.clear();
        timers = null;
    }

    /** An agent is not followed any more. */
    public void forget(String agent) {
        agents.remove(agent);
    }

    /**
     * An event is given to the route, perhaps not for the first time.
     *
     * @param kind the type of its message: a route gives each to sinks of its own, so that one which goes through says
     *             nothing of the sinks of another
     */
    public Attempt given(String agent, String kind, String sequence) {
        InHand known = agents.get(agent);
        InHand hand = known != null ? known
                : agents.computeIfAbsent(agent, name -> new InHand(limit, nanoTime, clock));
        hand.given(sequence, kind);
        lookLater();
        return new Attempt(agent, kind, sequence, hand);
    }

    /** Those that are undelivered now, the oldest first. */
    public List<UndeliveredEvent> all() {
        return agents.entrySet().stream().flatMap(each -> each.getValue().seen(each.getKey()).stream())
                .sorted(Comparator.comparing(UndeliveredEvent::since)).toList();
    }

    /** The event of an agent, if it is undelivered now. */
    public Optional<UndeliveredEvent> of(String agent) {
        return Optional.ofNullable(agents.get(agent)).flatMap(hand -> hand.seen(agent));
    }

    private void lookLater() {
        if (looking) {
            return; // whoever sets it back looks at what is in hand by then
        }
        synchronized (this) {
            if (!looking && timers != null) {
                looking = true;
                Timers.after(timers, limit.toMillis(), this::look);
            }
        }
    }

    private void look() {
        synchronized (this) {
            looking = false;
        }
        boolean held = false;
        for (Map.Entry<String, InHand> each : agents.entrySet()) {
            held |= each.getValue().isHeld();
            each.getValue().stuck().ifPresent(stuck -> tell(name(each.getKey(), stuck), "is in the route for "
                    + ForPeople.duration(limit) + " and has not ended", null));
        }
        if (held) {
            lookLater();
        }
    }

    private void tell(String event, String what, Throwable stack) {
        log.tell(event + ' ' + what, stack, nanoTime.getAsLong(),
                () -> all().stream().map(each -> each.summary(clock.instant())).toList());
    }

    /** An event has gone through after others had failed: the sink is well, unless another agent's fails. */
    private void well(String event, String kind) {
        if (agents.values().stream().noneMatch(InHand::isFailing)) {
            agents.values().forEach(hand -> hand.forgive(kind));
            log.well(event, nanoTime.getAsLong());
        }
    }

    private static String name(String agent, String sequence) {
        return "agent=" + agent + " event " + sequence;
    }

    /** What it and its causes say, each but once: the first says what was tried, and the last why it failed. */
    private static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        Throwable each = ShownFailure.of(failure); // as a whole: a cause alone does not know what it is a cause of
        for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
            String own = LogText.line(each.toString());
            if (words.indexOf(own) < 0) {
                words.append(words.isEmpty() ? "" : " because of ").append(own);
            }
            each = each.getCause();
        }
        return LogText.escape(words.toString(), MOST_WORDS);
    }

    /** One way of an event through the route, which begins and ends once. */
    public final class Attempt {

        private final String agent;
        private final String kind;
        private final String sequence;
        private final InHand hand;

        private Attempt(String agent, String kind, String sequence, InHand hand) {
            this.agent = agent;
            this.kind = kind;
            this.sequence = sequence;
            this.hand = hand;
        }

        /** It has ended well, or in the hands of an error handler that gave it up. */
        public void ended() {
            if (hand.ended(sequence)) {
                well(toString(), kind);
            }
        }

        /** The route is stopping and has not taken it; it is nobody's business here any more. */
        public void abandoned() {
            hand.ended(sequence);
        }

        /** The route has failed and tries again by itself. */
        public void retried(Throwable failure) {
            failed(failure, false, "failed and is tried again by the route: ", null);
        }

        /** The route has failed, and has given it to an error handler, such as a dead letter channel. */
        public void givenUp(Throwable failure) {
            failed(failure, true, "failed and is left to the error handler of the route: ", null);
        }

        /** It has ended with a failure, and comes again. */
        public void failed(Throwable failure, boolean stack) {
            failed(failure, false, "failed and comes again: ", stack ? failure : null);
        }

        /** It has ended with a failure, and is acknowledged all the same. */
        public void lost(Throwable failure, boolean stack) {
            failed(failure, true, "failed and does not come again (ackFailed=true): ", stack ? failure : null);
            hand.ended(sequence);
        }

        private void failed(Throwable failure, boolean last, String what, Throwable stack) {
            String why = failure == null ? "a failure without an exception" : words(failure);
            if (hand.failed(sequence, why, last)) {
                log.count(last);
                tell(toString(), what + why, stack);
            }
        }

        @Override
        public String toString() {
            return name(agent, sequence);
        }
    }
}
