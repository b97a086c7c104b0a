package org.imsession.camel.feed;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.imsession.camel.bayeux.BayeuxSettings;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsJson;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.GwsSettings;
import org.imsession.camel.gws.HttpSettings;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.gws.RefusedCredentials;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.recovery.Backoff;
import org.imsession.camel.spi.AgentCredentials;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;

/** A feed without Camel, which notes the states it goes through. */
final class RunningFeed implements FeedSubscriber, AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int MAX_PENDING = 100;

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final GwsHttpClient http = new GwsHttpClient(HttpSettings.defaults());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BlockingQueue<FeedGap> gaps = new LinkedBlockingQueue<>();
    private final List<FeedState> states = new ArrayList<>(List.of(FeedState.STOPPED));
    /** How far the feed's monotonic clock is ahead of the machine's, in nanoseconds. */
    final AtomicLong ahead = new AtomicLong();
    final JumpingClock clock = new JumpingClock();
    volatile NotificationObserver observer = (notification, again) -> Heard.UNKNOWN;
    volatile Function<byte[], IMSessionNotification> decoder = new IMSessionJson()::read;
    final AtomicInteger delivered = new AtomicInteger();
    final AgentFeed feed;

    RunningFeed(String url, String password) throws Exception {
        this(url, password, true);
    }

    static RunningFeed withoutSubscriber(String url) throws Exception {
        return new RunningFeed(url, "secret", false);
    }

    private RunningFeed(String url, String password, boolean subscribed) throws Exception {
        IMSessionJson json = new IMSessionJson();
        Duration soon = Duration.ofSeconds(2);
        BayeuxSettings bayeux = new BayeuxSettings(url + "/api/v2/notifications", true, 1 << 20, soon,
                Duration.ofMillis(200), Duration.ofMinutes(10));
        FeedSettings settings = new FeedSettings("alice", "server", bayeux, "/v2/me/im-sessions", MAX_PENDING,
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(50), 2, 1), Duration.ofMinutes(1),
                Duration.ofMinutes(1), List.of(), "", false);
        GwsSession gws = new GwsSession("alice", GwsSettings.of(url).withRequestTimeout(soon), http,
                AgentCredentials.ofPassword("alice", password), workers,
                new GwsJson(json::readObject, json::writeBytes, json::readSessions, json::readSession),
                Clock.systemUTC(), LoginPace.NONE,
                new RefusedCredentials(() -> System.nanoTime() + ahead.get()), Duration.ofMinutes(5));
        feed = new AgentFeed(settings, new FeedRuntime(scheduler, workers, workers,
                () -> System.nanoTime() + ahead.get(), clock, new Random(1), LoginPace.NONE), http, gws,
                text -> decoder.apply(text), (notification, again) -> observer.heard(notification, again), PositionStore.NONE);
        if (subscribed) {
            feed.subscribe(this);
        }
    }

    @Override
    public void deliver(FeedEvent event, Done done) {
        if (event.notification() instanceof FeedGap gap) {
            gaps.add(gap);
        }
        delivered.incrementAndGet();
        done.ended();
    }

    @Override
    public void changed(FeedStatus status) {
        lock.lock();
        try {
            states.add(status.state());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a gap to be told. */
    FeedGap takeGap() throws InterruptedException {
        FeedGap gap = gaps.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (gap == null) {
            throw new AssertionError("no gap was told");
        }
        return gap;
    }

    /** Waits until the feed has been in that state, from now on or now. */
    RunningFeed reaches(FeedState state) throws InterruptedException {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (states.get(states.size() - 1) != state) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("never " + state + ", but " + states);
                }
            }
            return this;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that transition has been made. */
    RunningFeed passes(FeedState from, FeedState to) throws InterruptedException {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (!transitions().contains(from + " -> " + to)) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("never " + from + " -> " + to + ", but " + states);
                }
            }
            return this;
        } finally {
            lock.unlock();
        }
    }

    /** All transitions made so far. */
    Set<String> transitions() {
        lock.lock();
        try {
            Set<String> transitions = new LinkedHashSet<>();
            for (int i = 1; i < states.size(); i++) {
                transitions.add(states.get(i - 1) + " -> " + states.get(i));
            }
            return transitions;
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks its scheduler has been given: timers, and what is done on the control executor. */
    long tasks() {
        return scheduler.getTaskCount();
    }

    RunningFeed stop() throws Exception {
        feed.stop(Duration.ofMillis(500)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return this;
    }

    @Override
    public void close() throws Exception {
        stop();
        http.close();
        scheduler.shutdownNow();
        workers.shutdownNow();
    }
}
