package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.bayeux.SessionListener;
import org.imsession.camel.bayeux.SessionPosition;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSessionNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's feed: logs in, subscribes, keeps it so, and hands what comes to its subscribers. The states are those of
 * {@link FeedState}; see the package for the threads. Nothing here waits for the network.
 */
public final class AgentFeed {

    private static final Logger LOG = LoggerFactory.getLogger(AgentFeed.class);
    /** A session that lived this long was no accident, so the next failure starts counting anew. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int REFUSALS_BEFORE_PARKING = 3;
    private static final int UNREADABLE_BEFORE_GIVING_UP = 3;

    private final FeedSettings settings;
    private final FeedThreads threads;
    private final GwsSession gws;
    private final SessionKeeper keeper;
    private final BayeuxSession bayeux;
    private final SerialExecutor control;
    private final Intake intake;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final FeedCounters counters = new FeedCounters();
    private final GapWindow gap;

    // changed on the control executor only
    private volatile FeedState state = FeedState.STOPPED;
    private volatile Instant since;
    private volatile String reason = "not started";
    private volatile int attempts;
    private volatile boolean unrepaired;
    private int refusals;
    private int unreadable;
    private int snapshotAttempts;
    private long liveSinceNanos;
    private boolean wasLive;
    private boolean subscribed;
    private boolean connected;
    private boolean warned;
    private long lives;
    private boolean contactCenterStarted;
    private Instant whole;
    private SessionPosition position;
    private long timer;
    private final List<CompletableFuture<Void>> starting = new ArrayList<>();
    private CompletableFuture<Void> stopping = CompletableFuture.completedFuture(null);

    /**
     * Nothing is sent yet.
     *
     * @param settings how to behave
     * @param threads  what to run on
     * @param http     the shared HTTP client
     * @param gws      the login of the agent
     * @param json     decodes the {@code data} of an event; must not throw
     * @param witness  hears everything first
     * @param store    keeps the session for the next process, {@link SessionStore#NONE} for nowhere
     */
    public AgentFeed(FeedSettings settings, FeedThreads threads, HttpClient http, GwsSession gws,
                     Function<byte[], IMSessionNotification> json, FeedWitness witness, SessionStore store) {
        this.settings = settings;
        this.threads = threads;
        this.gws = gws;
        this.gap = new GapWindow(settings.agent());
        this.control = new SerialExecutor(threads.scheduler());
        this.keeper = new SessionKeeper(settings, threads, store, gws.cookies());
        this.bayeux = new BayeuxSession(settings.bayeux(), http, gws.cookies(), gws::decorate, threads.scheduler(),
                threads.nanoTime(), keeper, new Wire());
        this.intake = new Intake(settings, threads, json, witness, counters, deliveries, this::release);
        this.since = threads.clock().instant();
    }

    /** The login name of the agent. */
    public String agent() {
        return settings.agent();
    }

    /** The login, for operations beside the feed. */
    public GwsSession gws() {
        return gws;
    }

    /**
     * Adds a subscriber, which gets the events that come from now on, and the sessions that exist.
     *
     * @return its delivery, to suspend and to end
     */
    public Delivery subscribe(FeedSubscriber subscriber) {
        Delivery delivery = new Delivery(settings.agent(), subscriber, threads, settings.backoff(), deliveries);
        control.execute(() -> {
            if (delivery.isClosed()) {
                return;
            }
            deliveries.add(delivery);
            if (state == FeedState.LIVE) {
                snapshot();
            }
        });
        return delivery;
    }

    /**
     * Starts; does nothing if it is started.
     *
     * @return completes when the feed is live for the first time, or fails with what the first attempt failed with;
     *         the feed goes on trying all the same
     */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> live = new CompletableFuture<>();
        control.execute(() -> {
            if (state == FeedState.LIVE) {
                live.complete(null);
                return;
            }
            starting.add(live);
            if (state == FeedState.STOPPED) {
                begin();
            }
        });
        return live;
    }

    /**
     * Stops. Without a session store the Bayeux server is told, which takes at most that long; with one, the session is
     * left as it is, so that the next start goes on with it. The agent stays logged in at GWS either way.
     *
     * @return completed when nothing more will come
     */
    public CompletableFuture<Void> stop(Duration patience) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        control.execute(() -> {
            startFailed(new FeedException(settings.server() + ": stopped before the feed was live"));
            if (state != FeedState.STOPPED && state != FeedState.STOPPING) {
                become(FeedState.STOPPING, "stopped by the route");
                CompletableFuture<Void> closed = keeper.keeps() ? bayeux.leave() : bayeux.close(patience);
                stopping = closed.thenRunAsync(this::stopped, control);
            }
            stopping.thenRun(() -> control.execute(() -> stopped.complete(null)));
        });
        return stopped;
    }

    private void stopped() {
        become(FeedState.STOPPED, "stopped by the route");
        gap.close(threads.clock().instant()); // what comes before the next start was not asked for
        wasLive = false;
        attempts = 0;
        refusals = 0;
        intake.forget();
        if (!starting.isEmpty()) {
            begin();
        }
    }

    /** Tries again at once what is being waited for: for an operator who has mended something. */
    public void retryNow() {
        control.execute(() -> {
            if (state == FeedState.PARKED || state == FeedState.BACKING_OFF) {
                gws.forget();
                refusals = 0;
                login("an operator said so");
            }
        });
    }

    /**
     * Looks into the session store, so that one that cannot be used is told to whoever starts. May block for the disk.
     *
     * @throws RuntimeException what the store failed with
     */
    public void checkStore() {
        keeper.check();
    }

    /**
     * Lets a connect leave that is held back while a route is at work: for somebody who waits for what the server has
     * to say now. Does nothing where none is held.
     */
    public void connectNow() {
        bayeux.connectNow();
    }

    /** How the feed is doing. */
    public FeedStatus status() {
        return new FeedStatus(settings.agent(), settings.server(), state, since, reason, attempts, intake.guarantee(),
                counters.lastEvent, counters.received.get(), bayeux.repeated(),
                counters.gaps.get(), unrepaired, counters.foreign.get(), counters.pending().get(),
                counters.reconnects.get());
    }

    // ------------------------------------------------------------------ on the control executor

    private void become(FeedState next, String why) {
        if (!state.next().contains(next)) {
            throw new IllegalStateException("A feed cannot go from " + state + " to " + next);
        }
        FeedState before = state;
        state = next;
        since = threads.clock().instant();
        reason = why;
        timer++;
        FeedLog.changed(settings, before, next, why, attempts);
        FeedStatus now = status();
        deliveries.forEach(delivery -> delivery.changed(now));
    }

    /** Starts, with the session of the last process if it left one. */
    private void begin() {
        become(FeedState.LOGGING_IN, "started");
        long mine = timer;
        keeper.load().thenAccept(found -> control.execute(() -> {
            if (mine != timer) {
                return;
            }
            if (found.saved() != null) {
                position = found.saved().resumable().orElse(null);
                wasLive = true;
                whole = found.saved().savedAt();
            } else if (!found.problem().isEmpty()) {
                gap.open(Instant.EPOCH, FeedGap.Reason.SESSION_LOST, FeedGap.Certainty.POSSIBLE, found.problem());
            }
            if (found.saved() != null && position == null) {
                gap.open(whole, FeedGap.Reason.SESSION_LOST, FeedGap.Certainty.POSSIBLE,
                        "the last process had a session that cannot be resumed");
            }
            requestLogin();
        }));
    }

    private void login(String why) {
        become(FeedState.LOGGING_IN, why);
        requestLogin();
    }

    private void requestLogin() {
        long wait = threads.pace().millisToNextTurn();
        if (wait > 0) {
            later(wait, this::loginNow);
        } else {
            loginNow();
        }
    }

    private void loginNow() {
        long mine = timer;
        gws.login().whenComplete((login, failure) -> control.execute(() -> {
            if (mine != timer) {
                return;
            }
            if (failure == null) {
                refusals = 0;
                become(FeedState.HANDSHAKING, "logged in");
                bayeux.open(position);
                position = null;
            } else {
                loginFailed(gws.explain(failure));
            }
        }));
    }

    private void loginFailed(GwsException failure) {
        if (isFinal(failure)) {
            park(failure.getMessage());
        } else {
            backOff(failure.getMessage(), failure.retryAfter().map(Duration::toMillis).orElse(0L));
        }
        startFailed(failure);
    }

    private void startFailed(RuntimeException failure) {
        starting.forEach(each -> each.completeExceptionally(failure));
        starting.clear();
    }

    /** Counts a refusal of the credential; after three, or without the right to use IM, trying on only does harm. */
    private boolean isFinal(GwsException failure) {
        if (failure.kind() == GwsException.Kind.CREDENTIALS_REFUSED) {
            refusals++;
        }
        return failure.kind() == GwsException.Kind.FEATURE_MISSING || refusals >= REFUSALS_BEFORE_PARKING;
    }

    private void backOff(String why, long atLeastMillis) {
        attempts++;
        become(FeedState.BACKING_OFF, why);
        later(delay(atLeastMillis), () -> login("attempt " + (attempts + 1)));
    }

    private long delay(long atLeastMillis) {
        return Math.max(atLeastMillis, settings.backoff().millis(Math.max(1, attempts), threads.random()));
    }

    private void park(String why) {
        attempts++;
        become(FeedState.PARKED, why);
        later(settings.parkedRetry().toMillis(), () -> {
            gws.forget();
            refusals = 0;
            login("parked for " + settings.parkedRetry());
        });
        watchCredential();
    }

    private void watchCredential() {
        long mine = timer;
        later(settings.credentialCheck().toMillis(), () ->
                gws.credentialChanged().whenComplete((changed, failure) -> control.execute(() -> {
                    if (mine != timer) {
                        return;
                    }
                    if (failure == null && changed && refusals > 0) {
                        refusals = 0;
                        login("the credential has changed");
                    } else {
                        watchCredential();
                    }
                })));
    }

    /** Runs that later, unless the state changes before. */
    private void later(long millis, Runnable task) {
        long mine = timer;
        try {
            threads.scheduler().schedule(() -> control.execute(() -> {
                if (mine == timer) {
                    task.run();
                }
            }), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("No more timers for agent {}: the threads are shut down", settings.agent());
        }
    }

    private void opened(boolean acknowledging, boolean resumed) {
        if (state == FeedState.HANDSHAKING) {
            subscribed = false;
            connected = false;
            become(FeedState.SUBSCRIBING, resumed ? "resumed the session" : "shook hands");
            if (!acknowledging && !warned) {
                FeedLog.atMostOnce(settings);
            }
            warned = !acknowledging;
        }
    }

    private void subscribed() {
        subscribed = true;
        liveOnceWhole();
    }

    /** A server may confirm subscriptions and refuse every connect, so both must have been answered well. */
    private void liveOnceWhole() {
        if (state == FeedState.SUBSCRIBING && subscribed && connected) {
            live();
        }
    }

    private void live() {
        become(FeedState.LIVE, "subscribed");
        liveSinceNanos = threads.nanoTime().getAsLong();
        whole = threads.clock().instant();
        if (lives++ > 0) {
            counters.reconnects.incrementAndGet();
        }
        wasLive = true;
        closeGap();
        intake.nextSubscription();
        snapshot();
        startContactCenterSession();
        if (!bayeux.ledger().acknowledging()) {
            keeper.unresumable();
        }
        starting.forEach(each -> each.complete(null));
        starting.clear();
    }

    private boolean isSubscribed() {
        return state == FeedState.LIVE || state == FeedState.RECONNECTING;
    }

    private void closeGap() {
        gap.close(threads.clock().instant()).ifPresent(intake::gap);
    }

    private void startContactCenterSession() {
        if (settings.contactCenterChannels().isEmpty() || contactCenterStarted) {
            return;
        }
        contactCenterStarted = true;
        gws.startContactCenterSession(settings.contactCenterChannels(), settings.place())
                .whenComplete((result, failure) -> control.execute(() -> {
                    contactCenterStarted = failure == null;
                    FeedLog.contactCenter(settings, result, failure == null ? null : gws.explain(failure));
                }));
    }

    private void snapshot() {
        unrepaired = true;
        long epoch = intake.epoch();
        gws.sessions().whenComplete((sessions, failure) -> control.execute(() -> {
            if (epoch != intake.epoch() || !isSubscribed()) {
                return;
            }
            if (failure == null) {
                unrepaired = false;
                snapshotAttempts = 0;
                intake.snapshot(sessions, epoch);
            } else {
                FeedLog.snapshotFailed(settings, gws.explain(failure), ++snapshotAttempts);
                retrySnapshot(epoch);
            }
        }));
    }

    private void retrySnapshot(long epoch) {
        long millis = settings.backoff().millis(snapshotAttempts, threads.random());
        try {
            threads.scheduler().schedule(() -> control.execute(() -> {
                if (unrepaired && epoch == intake.epoch() && isSubscribed()) {
                    snapshot();
                }
            }), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("No more timers for agent {}: the threads are shut down", settings.agent());
        }
    }

    private void release() {
        bayeux.release();
    }

    private void connected() {
        connected = true;
        if (!isSubscribed()) {
            liveOnceWhole();
            return;
        }
        whole = threads.clock().instant();
        unreadable = 0;
        keeper.whole();
        if (threads.nanoTime().getAsLong() - liveSinceNanos >= STABLE_NANOS) {
            attempts = 0;
        }
        if (state == FeedState.RECONNECTING) {
            become(FeedState.LIVE, "connected again");
            if (gap.isOpen()) {
                closeGap();
                intake.nextSubscription();
                snapshot();
            }
        }
    }

    private void interrupted(BayeuxFailure failure, SessionListener.Retry retry) {
        if (!isSubscribed()) {
            retry.never();
            return;
        }
        attempts++;
        if (failure.kind() != BayeuxFailure.Kind.UNREACHABLE && !bayeux.ledger().acknowledging()) {
            gap.open(whole, FeedGap.Reason.ANSWER_LOST, FeedGap.Certainty.POSSIBLE, failure.detail());
        }
        if (state == FeedState.LIVE) {
            become(FeedState.RECONNECTING, failure.detail());
        }
        long wait = failure.retryAfter().map(Duration::toMillis).orElse(0L);
        unreadable = failure.kind() == BayeuxFailure.Kind.NOT_BAYEUX ? unreadable + 1 : 0;
        if (unreadable >= UNREADABLE_BEFORE_GIVING_UP) {
            retry.never(); // the server would send the same again for ever
        } else if (failure.kind() == BayeuxFailure.Kind.LOGIN || failure.kind() == BayeuxFailure.Kind.NOT_BAYEUX) {
            loginAgain(retry, wait);
        } else {
            retry.after(delay(wait));
        }
    }

    /** The Bayeux session may well have survived the HTTP session: a new login within it loses nothing. */
    private void loginAgain(SessionListener.Retry retry, long wait) {
        gws.login().whenComplete((login, failure) -> control.execute(() -> {
            if (failure == null) {
                refusals = 0;
                contactCenterStarted = false;
                retry.after(delay(wait));
            } else if (isFinal(gws.explain(failure))) {
                reason = gws.explain(failure).getMessage();
                retry.never();
            } else {
                retry.after(delay(wait));
            }
        }));
    }

    private void lost(BayeuxFailure failure) {
        if (state != FeedState.HANDSHAKING && state != FeedState.SUBSCRIBING && !isSubscribed()) {
            return; // it was ended by us
        }
        if (wasLive) {
            gap.open(whole, reason(failure), FeedGap.Certainty.POSSIBLE, failure.detail());
        }
        if (threads.nanoTime().getAsLong() - liveSinceNanos >= STABLE_NANOS && state == FeedState.LIVE) {
            attempts = 0;
        }
        contactCenterStarted = false;
        if (refusals >= REFUSALS_BEFORE_PARKING && state == FeedState.RECONNECTING) {
            park(reason);
        } else {
            backOff(failure.detail(), failure.waitMillis());
        }
        startFailed(new FeedException(settings.server() + ": " + failure.detail()));
    }

    private static FeedGap.Reason reason(BayeuxFailure failure) {
        return switch (failure.kind()) {
            case SESSION_ENDED -> FeedGap.Reason.SESSION_ENDED;
            case NOT_BAYEUX -> FeedGap.Reason.UNREADABLE_SKIPPED;
            default -> FeedGap.Reason.SESSION_LOST;
        };
    }

    /** What the wire says, brought onto the control executor; the events go straight to the intake. */
    private final class Wire implements SessionListener {

        @Override
        public void opened(String session, boolean acknowledging, boolean resumed) {
            intake.opened(session, acknowledging);
            control.execute(() -> AgentFeed.this.opened(acknowledging, resumed));
        }

        @Override
        public void subscribed() {
            control.execute(AgentFeed.this::subscribed);
        }

        @Override
        public void connected() {
            control.execute(AgentFeed.this::connected);
        }

        @Override
        public int room() {
            return Math.max(0, settings.bayeux().maxPending() - counters.pending().get());
        }

        @Override
        public void received(List<ReceivedEvent> events, int refused) {
            intake.received(events);
            if (refused > 0 && !bayeux.ledger().acknowledging()) {
                intake.overflow(refused);
            }
        }

        @Override
        public void interrupted(BayeuxFailure failure, Retry retry) {
            control.execute(() -> AgentFeed.this.interrupted(failure, retry));
        }

        @Override
        public void lost(BayeuxFailure failure) {
            control.execute(() -> AgentFeed.this.lost(failure));
        }
    }
}
