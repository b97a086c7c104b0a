package org.imsession.camel.feed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.text.SafeFileName;
import org.imsession.camel.text.ShownFailure;
import org.imsession.camel.threads.HandOff;
import org.imsession.camel.threads.SerialExecutor;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one agent on their way to one subscriber: in order, one at a time, on the workers. Each subscriber has
 * its own, so that a slow or suspended route does not hold another one up; an event is acknowledged when all are done
 * with it. Created by {@link AgentFeed#subscribe}. Safe for use by several threads.
 */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** By time, since a change of threads costs as much as a few quick routes, and a slow one is a share of its own. */
    private static final long FAIR_SHARE_NANOS = 1_000_000;
    private static final int FAIR_SHARE = 256;

    private final FeedSettings settings;
    private final FeedSubscriber subscriber;
    private final FeedRuntime runtime;
    private final Audience audience;
    private final SerialExecutor changes;
    private final Deque<Item> queue = new ArrayDeque<>();
    private IMSessionTracker tracker = new IMSessionTracker();
    private Instant missing = Instant.MAX;
    private FeedEvent window;
    private FeedGap telling;
    private FeedGap latest;
    private Instant known = Instant.MIN;
    private boolean running;
    private boolean paused;
    private boolean resting;
    private boolean closed;
    private boolean last;

    /**
     * @param audience those that hear the feed, from which this one goes when it is closed
     */
    Delivery(FeedSettings settings, FeedSubscriber subscriber, FeedRuntime runtime, Audience audience) {
        this.settings = settings;
        this.subscriber = subscriber;
        this.runtime = runtime;
        this.audience = audience;
        this.changes = new SerialExecutor(runtime.workers());
    }

    /** Tells the subscriber of a change, whose reaction to it is not awaited. */
    void changed(FeedStatus status) {
        changes.execute(() -> subscriber.changed(status));
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Puts an item at the end of the queue, and begins with it. */
    void offer(Item item) {
        add(item);
        wake();
    }

    /** Puts an item at the end of the queue; {@link #wake()} is to follow. */
    void add(Item item) {
        synchronized (this) {
            if (!closed) {
                if (item instanceof Item.Snapshot) {
                    queue.removeIf(Item.Snapshot.class::isInstance); // which knows less
                }
                queue.addLast(item);
                return;
            }
        }
        drop(item);
    }

    /**
     * Tells of a window behind what waits already, or as part of the window that waits: there would be one for each
     * session of a server that loses them, behind a route that is suspended. Windows that are told never overlap.
     */
    synchronized void tell(FeedEvent loss) {
        FeedGap gap = (FeedGap) loss.notification();
        if (closed) {
            missing = RouteMark.earlier(missing, gap.from()); // it is leaving, and takes that along
            return;
        }
        Instant before = latest != null && latest.to().isAfter(known) ? latest.to() : known;
        if (!before.isAfter(gap.to()) && before.isAfter(gap.from())) {
            gap = gap.from(before);
        }
        if (window == null) {
            queue.addLast(new Item.Window());
            window = loss.with(gap);
        } else {
            window = window.with(((FeedGap) window.notification()).joined(gap));
        }
        latest = (FeedGap) window.notification();
        missing = Instant.MAX;
    }

    /** The part of a loss that no window has told of yet, {@code null} if there is none. */
    synchronized FeedGap cut(FeedGap loss) {
        if (latest != null && !loss.from().isBefore(latest.from()) && loss.from().isBefore(latest.to())) {
            if (!loss.to().isAfter(latest.to())) {
                return null;
            }
            latest = loss.from(latest.to());
            return latest;
        }
        latest = loss;
        return loss;
    }

    /**
     * Comes back after it was away, or after another process has gone on.
     *
     * @param told   what it was told of IM sessions
     * @param since  what was sent before that moment has ended for it, or it has been told of it
     * @param missed whether it may have missed events since then, and is to be told so
     */
    synchronized void returns(IMSessionTracker told, Instant since, boolean missed) {
        heardElsewhere(told);
        known = since.equals(Instant.MAX) ? Instant.MIN : since;
        missing = missed ? since : Instant.MAX;
    }

    /** That is what it was told of IM sessions, perhaps by another process. */
    synchronized void heardElsewhere(IMSessionTracker told) {
        told.away();
        tracker = told;
    }

    synchronized IMSessionTracker tracker() {
        return tracker;
    }

    /**
     * How far it is.
     *
     * @param settled what was sent before that moment has ended for all who hear; {@link Instant#MAX} if nothing was
     *                promised
     * @param untold  since when events are missing of which all are yet to be told; {@link Instant#MAX} if none are
     */
    synchronized RouteMark mark(Instant settled, Instant untold) {
        Instant own = untoldSince();
        Instant since = settled.equals(Instant.MAX) && known.isAfter(Instant.MIN) ? known
                : RouteMark.earlier(later(settled), later(untold));
        return new RouteMark(name(), RouteMark.earlier(since, own), RouteMark.earlier(own, untold).isBefore(Instant.MAX));
    }

    private Instant later(Instant since) {
        return known.isAfter(since) && !audience.isAhead(known) ? known : since;
    }

    /** Since when it has missed events while it was away, and is to be told so; {@link Instant#MAX} if it is not. */
    synchronized Instant missing() {
        return missing;
    }

    /** Since when events are missing of which it has not been told; {@link Instant#MAX} if none are. */
    synchronized Instant untoldSince() {
        Instant since = window == null ? missing
                : RouteMark.earlier(missing, ((FeedGap) window.notification()).from());
        return telling == null ? since : RouteMark.earlier(since, telling.from());
    }

    /**
     * Delivers what has been received, and then nothing until {@link #resume()}; with an event that failed and is to be
     * delivered again, nothing at once.
     */
    public void suspend() {
        synchronized (this) {
            if (paused || isPauseAhead()) {
                return;
            }
            if (resting || !running && queue.isEmpty()) {
                paused = true; // at once: Camel looks once a second only whether there is something left to wait for
            } else {
                queue.addLast(new Item.Pause());
            }
        }
        wake();
    }

    private boolean isPauseAhead() {
        return queue.stream().anyMatch(Item.Pause.class::isInstance);
    }

    /** Goes on after {@link #suspend()}; does nothing otherwise. */
    public void resume() {
        synchronized (this) {
            paused = false;
            queue.removeIf(Item.Pause.class::isInstance);
        }
        wake();
    }

    /** Who it is, for an operator. */
    String name() {
        return subscriber.name();
    }

    /** How many events this subscriber has not ended. */
    synchronized int holding() {
        return (running ? 1 : 0) + (int) queue.stream()
                .filter(Item.Event.class::isInstance).count();
    }

    /** How many items wait to be delivered before this subscriber rests; without the one that is being delivered. */
    public synchronized int pending() {
        if (paused) {
            return 0;
        }
        int count = 0;
        for (Item item : queue) {
            if (item instanceof Item.Pause) {
                return count;
            }
            count++;
        }
        return count;
    }

    /**
     * Ends the subscription. What has not been delivered is no longer this subscriber's business: other subscribers of
     * the feed do not wait for it; if there are none, it has not ended, and the server keeps it for the next start.
     */
    public void close() {
        List<Item> rest;
        synchronized (audience) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            boolean alone = audience.leave(this);
            synchronized (this) {
                last = alone;
                rest = List.copyOf(queue);
                queue.clear();
            }
        }
        rest.forEach(this::drop);
    }

    /** As {@link #close()}, for an agent who is not to be followed any more: what it misses is nobody's loss. */
    public void remove() {
        close();
        audience.forget(this);
    }

    private void drop(Item item) {
        if (item instanceof Item.Event event) {
            drop(event.end());
        }
    }

    /** Whoever comes after the last one has left gets it anew from the server, however late it is dropped here. */
    private void drop(EventEnd end) {
        boolean kept;
        synchronized (audience) {
            kept = last;
            if (!kept) {
                audience.missed(this);
            }
        }
        if (!kept) {
            end.ended();
        }
    }

    /** Begins with what waits, unless it is at it or rests. */
    void wake() {
        synchronized (this) {
            if (running || paused || resting || queue.isEmpty()) {
                return;
            }
            running = true;
        }
        work();
    }

    private void work() {
        HandOff.execute(this::run, task -> Timers.execute(runtime.workers(), task, this::close));
    }

    private void run() {
        long begun = runtime.nanoTime().getAsLong();
        for (int share = 0; share < FAIR_SHARE
                && runtime.nanoTime().getAsLong() - begun < FAIR_SHARE_NANOS; share++) {
            Item item = next();
            boolean further = item != null && deliver(item);
            HandOff.run();
            if (!further) {
                return;
            }
        }
        work();
    }

    /** The item to deliver now; {@code null} to rest. */
    private synchronized Item next() {
        Item item = paused ? null : queue.pollFirst();
        if (item instanceof Item.Pause) {
            paused = true;
            item = null;
        }
        running = item != null;
        return item;
    }

    /** Whether the item has ended already; if not, its end will go on with the next. */
    private boolean deliver(Item item) {
        if (item instanceof Item.Snapshot snapshot) {
            spread(snapshot);
            return true;
        }
        if (item instanceof Item.Window) {
            return new Turn(new Item.Event(takeWindow(), -1, this::told, 1)).take();
        }
        Item.Event each = (Item.Event) item;
        return new Turn(each.attempt() > 1 ? each : new Item.Event(each.event().tracked(
                tracker().track(each.event().notification(), each.epoch())), each.epoch(), each.end(), 1)).take();
    }

    private synchronized FeedEvent takeWindow() {
        FeedEvent now = window;
        telling = (FeedGap) now.notification();
        window = null;
        return now;
    }

    private void told() {
        synchronized (this) {
            known = telling == null ? known : telling.to();
            telling = null;
        }
        audience.told();
    }

    /** One delivery of one event, which may end before the call to the subscriber returns, or after. */
    private final class Turn implements FeedSubscriber.Done {

        private enum Phase { CALLING, RETURNED, ENDED, FAILED, ABANDONED }

        private final Item.Event item;
        private final Thread thread = Thread.currentThread();
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CALLING);

        Turn(Item.Event item) {
            this.item = item;
        }

        /** Whether the event has ended and this thread can go on with the next. */
        boolean take() {
            try {
                subscriber.deliver(item.event(), this);
            } catch (RuntimeException | Error e) { // whatever it is, the events behind this one must not wait for ever
                LOG.error("IMS-901 A subscriber failed on {} of agent {}; please report this", item.event().sequence(),
                        settings.agent(), ShownFailure.of(e));
                ended();
            }
            // if it is still being worked on, its end goes on with the next event, on its own thread
            return !phase.compareAndSet(Phase.CALLING, Phase.RETURNED) && phase.get() == Phase.ENDED;
        }

        @Override
        public void ended() {
            Phase before = finish(Phase.ENDED);
            if (before == Phase.CALLING && Thread.currentThread() == thread) {
                HandOff.collect(item.end()::ended); // the call is about to return to run()
            } else if (before != null) {
                item.end().ended();
                if (before == Phase.RETURNED) {
                    work();
                }
            }
        }

        @Override
        public void failed() {
            if (finish(Phase.FAILED) != null) {
                rest(item.again(), settings.backoff().millis(item.attempt(), runtime.random()));
            }
        }

        @Override
        public void abandoned() {
            if (finish(Phase.ABANDONED) != null) {
                close();
                drop(item.end());
            }
        }

        /** The phase before, {@code null} if the event had an end already. */
        private Phase finish(Phase end) {
            Phase before = phase.getAndUpdate(now ->
                    now == Phase.CALLING || now == Phase.RETURNED ? end : now);
            return before == Phase.CALLING || before == Phase.RETURNED ? before : null;
        }
    }

    /** Delivers an event again later; whoever suspends meanwhile need not wait for it. */
    private void rest(Item.Event again, long millis) {
        if (!putBack(again)) {
            drop(again);
            return;
        }
        Timers.after(runtime.scheduler(), millis, this::rested, this::close);
    }

    private synchronized boolean putBack(Item.Event again) {
        if (!closed) {
            queue.addFirst(again);
            running = false;
            resting = true;
            paused |= queue.removeIf(Item.Pause.class::isInstance);
        }
        return !closed;
    }

    private void rested() {
        synchronized (this) {
            resting = false;
        }
        wake();
    }

    /** What follows from a snapshot goes to the head of the queue, for it is older than what came behind it. */
    private void spread(Item.Snapshot snapshot) {
        List<IMSessionStateChangeMessage> changes = tracker().reconcile(snapshot.sessions(), snapshot.epoch());
        synchronized (this) {
            for (int i = changes.size() - 1; i >= 0; i--) {
                String sequence = snapshot.sequence() + "-" + SafeFileName.of(changes.get(i).sessionId());
                queue.addFirst(new Item.Event(new FeedEvent(settings.agent(), changes.get(i), sequence, Origin.SNAPSHOT,
                        snapshot.guarantee(), snapshot.receivedAt(), FeedEvent.Tracked.NOTHING,
                        MessageDirection.UNKNOWN), -1, EventEnd.NONE, 1));
            }
        }
    }
}
