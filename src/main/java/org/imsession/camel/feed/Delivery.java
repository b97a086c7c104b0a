package org.imsession.camel.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one agent on their way to one subscriber: in order, one at a time, on the workers. Each subscriber has
 * its own, so that a slow or suspended route does not hold another one up; an event is acknowledged when all are done
 * with it. Created by {@link AgentFeed#subscribe}. Safe for use by several threads.
 */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int FAIR_SHARE = 16;

    private final String agent;
    private final FeedSubscriber subscriber;
    private final FeedThreads threads;
    private final Backoff redelivery;
    private final Runnable onClose;
    private final SerialExecutor changes;
    private final SessionTracker tracker = new SessionTracker();
    private final Deque<Item> queue = new ArrayDeque<>();
    private boolean running;
    private boolean paused;
    private boolean resting;
    private boolean closed;

    Delivery(String agent, FeedSubscriber subscriber, FeedThreads threads, Backoff redelivery, Runnable onClose) {
        this.agent = agent;
        this.subscriber = subscriber;
        this.threads = threads;
        this.redelivery = redelivery;
        this.onClose = onClose;
        this.changes = new SerialExecutor(threads.workers());
    }

    /** Tells the subscriber of a change, whose reaction to it is not awaited. */
    void changed(FeedStatus status) {
        changes.execute(() -> subscriber.changed(status));
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Puts an item at the end of the queue. */
    void offer(Item item) {
        synchronized (this) {
            if (!closed) {
                queue.addLast(item);
                item = null;
            }
        }
        if (item != null) {
            drop(item);
        } else {
            wake();
        }
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

    /** How many items are still to be delivered before this subscriber rests. */
    public synchronized int pending() {
        int count = running ? 1 : 0;
        if (paused) {
            return count;
        }
        for (Item item : queue) {
            if (item instanceof Item.Pause) {
                return count;
            }
            count++;
        }
        return count;
    }

    /** Ends the subscription; what has not been delivered is no longer this subscriber's business. */
    public void close() {
        List<Item> rest;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            rest = List.copyOf(queue);
            queue.clear();
        }
        rest.forEach(Delivery::drop);
        onClose.run();
    }

    private static void drop(Item item) {
        if (item instanceof Item.Notification notification) {
            notification.ended().run();
        } else if (item instanceof Item.Again again) {
            again.ended().run();
        }
    }

    private void wake() {
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
            threads.workers().execute(this::run);
        } catch (RejectedExecutionException e) {
            close(); // the threads are gone: the context is shutting down
        }
    }

    private void run() {
        for (int share = 0; share < FAIR_SHARE; share++) {
            Item item = next();
            if (item == null || !deliver(item)) {
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
        Item.Notification each = (Item.Notification) item;
        return new Turn(event(each), each.ended(), 1).take();
    }

    private FeedEvent event(Item.Notification item) {
        return new FeedEvent(agent, item.notification(), item.sequence(), item.origin(), item.guarantee(),
                item.receivedAt(), tracker.track(item.notification(), item.epoch()));
    }

    /** One delivery of one event, which may end before the call to the subscriber returns, or after. */
    private final class Turn implements FeedSubscriber.Done {

        private enum Phase { CALLING, RETURNED, ENDED, FAILED }

        private final FeedEvent event;
        private final Runnable ended;
        private final int attempt;
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
                        agent, e);
                ended(true);
            }
            // if it is still being worked on, its end goes on with the next event, on its own thread
            return !phase.compareAndSet(Phase.CALLING, Phase.RETURNED) && phase.get() == Phase.ENDED;
        }

        @Override
        public void ended(boolean acknowledge) {
            Phase before = phase.getAndUpdate(now -> now == Phase.ENDED || now == Phase.FAILED ? now
                    : acknowledge ? Phase.ENDED : Phase.FAILED);
            if (before == Phase.ENDED || before == Phase.FAILED) {
                return;
            }
            if (!acknowledge) {
                rest(new Item.Again(event.again(), ended, attempt + 1), redelivery.millis(attempt, threads.random()));
                return;
            }
            ended.run();
            if (before == Phase.RETURNED) {
                work();
            }
        }
    }

    /** Delivers an event again later; whoever suspends meanwhile need not wait for it. */
    private void rest(Item.Again again, long millis) {
        synchronized (this) {
            if (closed) {
                return;
            }
            queue.addFirst(again);
            running = false;
            resting = true;
            paused = queue.removeIf(Item.Pause.class::isInstance);
        }
        try {
            threads.scheduler().schedule(() -> {
                synchronized (this) {
                    resting = false;
                }
                wake();
            }, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            close(); // the threads are gone: the context is shutting down
        }
    }

    /** What follows from a snapshot goes to the head of the queue, for it is older than what came behind it. */
    private void spread(Item.Snapshot snapshot) {
        List<IMSessionStateChangeMessage> changes = tracker.reconcile(snapshot.sessions(), snapshot.epoch());
        synchronized (this) {
            for (int i = changes.size() - 1; i >= 0; i--) {
                queue.addFirst(new Item.Notification(changes.get(i), snapshot.sequence() + "-" + i, Origin.SNAPSHOT,
                        snapshot.guarantee(), snapshot.receivedAt(), -1, () -> { }));
            }
        }
    }
}
