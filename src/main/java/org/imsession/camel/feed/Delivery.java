package org.imsession.camel.feed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.IMSessionTracker;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.threads.HandOff;
import org.imsession.camel.threads.SerialExecutor;
import org.imsession.camel.threads.Timers;

/**
 * The events of one agent on their way to one subscriber: in order, one at a time, on the workers. Each subscriber has
 * its own, so that a slow or suspended route does not hold another one up; an event is acknowledged when all are done
 * with it. Created by {@link AgentFeed#subscribe}. Safe for use by several threads.
 */
public final class Delivery {

    /** By time, since a change of threads costs as much as a few quick routes, and a slow one is a share of its own. */
    private static final long FAIR_SHARE_NANOS = 1_000_000;
    private static final int FAIR_SHARE = 256;

    private final FeedSettings settings;
    private final FeedSubscriber subscriber;
    private final FeedRuntime runtime;
    private final Audience audience;
    private final SerialExecutor changes;
    private final Deque<Item> queue = new ArrayDeque<>(1);
    private IMSessionTracker tracker = new IMSessionTracker();
    private final RouteWindow window = new RouteWindow();
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
        if (window.tell(loss, closed)) {
            queue.addLast(new Item.Window());
        }
    }

    /** The part of a loss to be told by itself; {@code null} if a window tells, told, or grows to tell of it. */
    synchronized FeedGap cut(FeedGap loss) {
        return window.cut(loss);
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
        window.returns(since, missed);
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
        return window.mark(name(), settled, untold, audience);
    }

    /** Since when it has missed events while it was away, and is to be told so; {@link Instant#MAX} if it is not. */
    synchronized Instant missing() {
        return window.missing();
    }

    /** Since when events are missing of which it has not been told; {@link Instant#MAX} if none are. */
    synchronized Instant untoldSince() {
        return window.untoldSince();
    }

    /**
     * Delivers what has been received, and then nothing until {@link #resume()}; with an event that failed and is to be
     * delivered again, nothing at once.
     */
    public void suspend() {
        synchronized (this) {
            if (paused || queue.stream().anyMatch(Item.Pause.class::isInstance)) {
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
        subscriber.left(settings.agent());
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
    void drop(EventEnd end) {
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

    /** Goes on with the next one. */
    void work() {
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
            return attempt(new Item.Event(takeWindow(), -1, this::told, 1));
        }
        Item.Event each = (Item.Event) item;
        return attempt(each.attempt() > 1 ? each : new Item.Event(each.event().tracked(
                tracker().track(each.event().notification(), each.epoch())), each.epoch(), each.end(), 1));
    }

    private boolean attempt(Item.Event item) {
        return new DeliveryAttempt(item, this).take(subscriber);
    }

    private synchronized FeedEvent takeWindow() {
        return window.take();
    }

    private void told() {
        synchronized (this) {
            window.told();
        }
        audience.told();
    }

    /** Delivers an event again later; whoever suspends meanwhile need not wait for it. */
    void failed(Item.Event failed) {
        Item.Event again = failed.again();
        if (!putBack(again)) {
            drop(again);
            return;
        }
        long millis = settings.backoff().millis(failed.attempt(), runtime.random());
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
                queue.addFirst(snapshot.telling(settings.agent(), changes.get(i)));
            }
        }
    }
}
