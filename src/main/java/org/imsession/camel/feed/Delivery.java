package org.imsession.camel.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.LogText;
import org.imsession.camel.model.MessageDirection;
import org.imsession.camel.bayeux.Trailing;
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
    private final FeedThreads threads;
    private final List<Delivery> all;
    private final SerialExecutor changes;
    private final SessionTracker tracker = new SessionTracker();
    private final Deque<Item> queue = new ArrayDeque<>();
    private boolean running;
    private boolean paused;
    private boolean resting;
    private boolean closed;
    private boolean alone;

    /**
     * @param all the deliveries of the feed, from which this one goes when it is closed
     */
    Delivery(FeedSettings settings, FeedSubscriber subscriber, FeedThreads threads, List<Delivery> all) {
        this.settings = settings;
        this.subscriber = subscriber;
        this.threads = threads;
        this.all = all;
        this.changes = new SerialExecutor(threads.workers());
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
                queue.addLast(item);
                return;
            }
        }
        drop(item);
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

    /** Whether there is anything that this subscriber has not ended. */
    synchronized boolean isHolding() {
        return running || resting || queue.stream().anyMatch(item -> !(item instanceof Item.Pause));
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
        synchronized (all) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
                rest = List.copyOf(queue);
                queue.clear();
                all.remove(this);
                alone = all.isEmpty();
            }
        }
        rest.forEach(this::drop);
    }

    /**
     * Becomes one of the deliveries of the feed, unless it was closed before.
     *
     * @param beforeFirst run before it gets anything, if there is no other
     * @return whether it is the only one now
     */
    boolean join(Runnable beforeFirst) {
        synchronized (all) {
            boolean first = !isClosed() && all.isEmpty();
            if (first) {
                beforeFirst.run();
            }
            return !isClosed() && all.add(this) && first;
        }
    }

    private void drop(Item item) {
        if (item instanceof Item.Notification notification) {
            drop(notification.ended());
        } else if (item instanceof Item.Told told) {
            drop(told.notification().ended());
        } else if (item instanceof Item.Again again) {
            drop(again.ended());
        }
    }

    /** Whoever comes after the last one has left gets it anew from the server, however late it is dropped here. */
    private void drop(Runnable ended) {
        boolean left;
        synchronized (this) {
            left = alone;
        }
        if (!left) {
            ended.run();
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
        try {
            Trailing.execute(this::run, threads.workers());
        } catch (RejectedExecutionException e) {
            close(); // the threads are gone: the context is shutting down
        }
    }

    private void run() {
        long begun = threads.nanoTime().getAsLong();
        for (int share = 0; share < FAIR_SHARE
                && threads.nanoTime().getAsLong() - begun < FAIR_SHARE_NANOS; share++) {
            Item item = next();
            boolean further = item != null && deliver(item);
            Trailing.run();
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
        if (item instanceof Item.Again again) {
            return new Turn(again.event(), again.ended(), again.attempt()).take();
        }
        boolean told = item instanceof Item.Told;
        Item.Notification each = told ? ((Item.Told) item).notification() : (Item.Notification) item;
        if (!told && each.origin() == Origin.LIVE && tracker.missedACompletion(each.notification())) {
            synchronized (this) {
                queue.addFirst(new Item.Told(each));
            }
            return new Turn(suspicion(each), () -> { }, 1).take();
        }
        FeedEvent event = new FeedEvent(settings.agent(), each.notification(), each.sequence(), each.origin(),
                each.guarantee(), each.receivedAt(), tracker.track(each.notification(), each.epoch()),
                each.direction());
        return new Turn(event, each.ended(), 1).take();
    }

    private FeedEvent suspicion(Item.Notification second) {
        FeedGap gap = new FeedGap(settings.agent(), second.receivedAt(), second.receivedAt(),
                FeedGap.Reason.COMPLETION_MISSED, FeedGap.Certainty.POSSIBLE, "session "
                + LogText.escape(second.notification().sessionId())
                + " began although the one before it was not completed");
        FeedLog.gap(settings, gap);
        return new FeedEvent(settings.agent(), gap, second.sequence() + "-gap", Origin.GAP, second.guarantee(),
                second.receivedAt(), FeedEvent.Tracked.NOTHING, MessageDirection.UNKNOWN);
    }

    /** One delivery of one event, which may end before the call to the subscriber returns, or after. */
    private final class Turn implements FeedSubscriber.Done {

        private enum Phase { CALLING, RETURNED, ENDED, FAILED, ABANDONED }

        private final FeedEvent event;
        private final Runnable ended;
        private final int attempt;
        private final Thread thread = Thread.currentThread();
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CALLING);

        Turn(FeedEvent event, Runnable ended, int attempt) {
            this.event = event;
            this.ended = ended;
            this.attempt = attempt;
        }

        /** Whether the event has ended and this thread can go on with the next. */
        boolean take() {
            try {
                subscriber.deliver(event, this);
            } catch (RuntimeException | Error e) { // whatever it is, the events behind this one must not wait for ever
                LOG.error("IMS-901 A subscriber failed on {} of agent {}; please report this", event.sequence(),
                        settings.agent(), e);
                ended();
            }
            // if it is still being worked on, its end goes on with the next event, on its own thread
            return !phase.compareAndSet(Phase.CALLING, Phase.RETURNED) && phase.get() == Phase.ENDED;
        }

        @Override
        public void ended() {
            Phase before = finish(Phase.ENDED);
            if (before == Phase.CALLING && Thread.currentThread() == thread) {
                Trailing.collect(ended); // the call is about to return to run()
            } else if (before != null) {
                ended.run();
                if (before == Phase.RETURNED) {
                    work();
                }
            }
        }

        @Override
        public void failed() {
            if (finish(Phase.FAILED) != null) {
                rest(new Item.Again(event.again(), ended, attempt + 1),
                        settings.backoff().millis(attempt, threads.random()));
            }
        }

        @Override
        public void abandoned() {
            if (finish(Phase.ABANDONED) != null) {
                close();
                drop(ended);
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
    private void rest(Item.Again again, long millis) {
        if (!putBack(again)) {
            drop(again);
            return;
        }
        try {
            threads.scheduler().schedule(this::rested, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            close(); // the threads are gone: the context is shutting down
        }
    }

    private synchronized boolean putBack(Item.Again again) {
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
        List<IMSessionStateChangeMessage> changes = tracker.reconcile(snapshot.sessions(), snapshot.epoch());
        synchronized (this) {
            for (int i = changes.size() - 1; i >= 0; i--) {
                queue.addFirst(new Item.Notification(changes.get(i), snapshot.sequence() + "-" + i, Origin.SNAPSHOT,
                        snapshot.guarantee(), snapshot.receivedAt(), -1, MessageDirection.UNKNOWN, () -> { }));
            }
        }
    }
}
