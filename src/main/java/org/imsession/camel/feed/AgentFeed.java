package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Attempts attempts;
    private final Resync resync;
    private final ContactCenterLogin contactCenter;
    private final UntoldGaps untold;

    // changed on the control executor only
    private volatile FeedState state = FeedState.STOPPED;
    private volatile Instant since;
    private volatile String reason = "not started";
    private boolean wasLive;
    private boolean awaited;
    private boolean subscribed;
    private boolean connected;
    private boolean warned;
    private boolean misaligned;
    private boolean crowded;
    private long lives;
    private Instant whole;
    private SessionPosition position;
    private SessionPosition resumed;
    private long timer;
    private LoginPace.Turn turn = () -> { };
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
        this.attempts = new Attempts(settings, threads);
        this.control = new SerialExecutor(threads.scheduler());
        this.untold = new UntoldGaps(this::allTold);
        this.keeper = new SessionKeeper(settings, threads, store, gws.cookies(), untold);
        this.bayeux = new BayeuxSession(settings.bayeux(), http, gws.cookies(), gws::decorate, threads.scheduler(),
                threads.nanoTime(), threads.clock(), keeper, new Wire());
        this.intake = new Intake(settings, threads, json, witness, counters, deliveries, this::release, untold);
        this.resync = new Resync(settings, threads, gws, intake, control, this::isSubscribed);
        this.contactCenter = new ContactCenterLogin(settings, gws, control);
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
            boolean left = awaited && deliveries.isEmpty();
            awaited = true;
            intake.await(true);
            deliveries.add(delivery);
            if (left) {
                tellWhatNobodyHeard(Instant.MAX);
            }
            if (left && isSubscribed()) {
                fetchAgain();
            } else if (state == FeedState.LIVE) {
                resync.begin();
            }
        });
        return delivery;
    }

    /**
     * All subscribers had left a feed that somebody else kept running; what they did not end the server still has, but
     * it sends it again only to a session that is taken up anew.
     */
    private void fetchAgain() {
        String why = "a route has started again";
        intake.forget();
        position = bayeux.position().orElse(null);
        if (position == null) {
            open(bayeux.ledger().settled(), why + ", and the server keeps nothing");
        }
        become(FeedState.BACKING_OFF, why);
        bayeux.leave();
        later(0, () -> login(why));
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
        return stop(() -> keeper.keeps() ? bayeux.leave() : bayeux.close(patience), "stopped by the route");
    }

    /**
     * Stops for good: the Bayeux server is told in any case, and nothing is kept for a next start.
     *
     * @return completed when nothing more will come
     */
    public CompletableFuture<Void> end(Duration patience) {
        return stop(() -> bayeux.close(patience).thenCompose(closed -> keeper.remove()), "no longer in the team");
    }

    private CompletableFuture<Void> stop(Supplier<CompletableFuture<Void>> parting, String why) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        control.execute(() -> {
            startFailed(new FeedException(settings.server() + ": stopped before the feed was live"));
            if (state != FeedState.STOPPED && state != FeedState.STOPPING) {
                become(FeedState.STOPPING, why);
                stopping = parting.get().thenRunAsync(() -> stopped(why), control);
            }
            stopping.thenRun(() -> control.execute(() -> stopped.complete(null)));
        });
        return stopped;
    }

    private void stopped(String why) {
        become(FeedState.STOPPED, why); // a gap that is open stays so, and is told after the start
        wasLive = false;
        attempts.forgive();
        attempts.accepted();
        awaited = false;
        intake.await(false);
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
                attempts.accepted();
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
        return new FeedStatus(settings.agent(), settings.server(), state, since, reason, attempts.failed(),
                intake.guarantee(), counters.lastEvent, counters.received.get(), bayeux.repeated(),
                counters.gaps.get(), resync.unrepaired(), counters.foreign.get(), counters.pending().get(),
                counters.reconnects.get(), keeper.keeps() && !keeper.failing() && bayeux.ledger().acknowledging());
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
        if (next != FeedState.LOGGING_IN && next != FeedState.HANDSHAKING) {
            turn.over();
        }
        FeedLog.changed(settings, before, next, why, attempts.failed());
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
                whole = found.saved().position().settled();
            } else if (!found.problem().isEmpty()) {
                open(whole == null ? Instant.EPOCH : UntoldGaps.earlier(whole, bayeux.ledger().settled()),
                        found.problem());
            }
            if (found.saved() != null && position == null) {
                open(whole, "the last process had a session that cannot be resumed");
            }
            tellWhatNobodyHeard(found.saved() == null ? Instant.MAX : found.saved().untold());
            requestLogin();
        }));
    }

    /** Gaps of which no subscriber was told, here or in the last process, become one that is. */
    private void tellWhatNobodyHeard(Instant kept) {
        Instant since = UntoldGaps.earlier(untold.earliest(), kept);
        if (since.isBefore(Instant.MAX)) {
            untold.forget();
            open(since, "there was nobody who could be told of it before");
        }
    }

    /** Opens the gap that an earlier process, or an earlier start, has left. */
    private void open(Instant from, String detail) {
        gap.open(from, FeedGap.Reason.SESSION_LOST, FeedGap.Certainty.POSSIBLE, detail);
        untold.add(gap, from);
    }

    private void login(String why) {
        become(FeedState.LOGGING_IN, why);
        requestLogin();
    }

    /** Logs in when it is this login's turn, unless the state changes before. */
    private void requestLogin() {
        turn.over();
        long mine = timer;
        turn = threads.pace().turn(() -> control.execute(() -> {
            if (mine == timer) {
                loginNow();
            }
        }));
    }

    private void loginNow() {
        long mine = timer;
        gws.login().whenComplete((login, failure) -> control.execute(() -> {
            if (mine != timer) {
                return;
            }
            if (failure == null) {
                attempts.accepted();
                become(FeedState.HANDSHAKING, "logged in");
                bayeux.open(position);
                resumed = position;
                position = null;
            } else {
                loginFailed(gws.explain(failure));
            }
        }));
    }

    private void loginFailed(GwsException failure) {
        if (attempts.isFinal(failure)) {
            park(failure.getMessage());
        } else {
            backOff(failure.getMessage(), failure.retryAfter());
        }
        startFailed(failure);
    }

    private void startFailed(RuntimeException failure) {
        starting.forEach(each -> each.completeExceptionally(failure));
        starting.clear();
    }

    private void backOff(String why, Optional<Duration> retryAfter) {
        attempts.failedAgain();
        become(FeedState.BACKING_OFF, why);
        later(attempts.delay(retryAfter), () -> login("attempt " + (attempts.failed() + 1)));
    }

    private void park(String why) {
        attempts.failedAgain();
        become(FeedState.PARKED, why);
        later(settings.parkedRetry().toMillis(), () -> {
            gws.forget();
            attempts.accepted();
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
                    if (failure == null && changed && attempts.wasRefused()) {
                        attempts.accepted();
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
        resumed = null;
        attempts.live();
        learnWhole();
        if (lives++ > 0) {
            counters.reconnects.incrementAndGet();
        }
        wasLive = true;
        closeGap();
        intake.nextSubscription();
        resync.begin();
        contactCenter.begin();
        if (!bayeux.ledger().acknowledging()) {
            keeper.unresumable(bayeux.ledger().settled());
        }
        starting.forEach(each -> each.complete(null));
        starting.clear();
    }

    private boolean isSubscribed() {
        return state == FeedState.LIVE || state == FeedState.RECONNECTING;
    }

    private void closeGap() {
        gap.close(threads.clock().instant()).ifPresent(closed -> {
            untold.replace(gap, closed);
            intake.gap(closed);
        });
    }

    private void allTold() {
        keeper.told();
    }

    /** Not the moment in which an answer came: what the server got while it was on its way is not in it. */
    private void learnWhole() {
        Instant now = bayeux.ledger().whole();
        whole = whole == null || whole.isBefore(now) ? now : whole;
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
        if (!misaligned && bayeux.ledger().misaligned()) {
            misaligned = true;
            FeedLog.misaligned(settings);
        }
        learnWhole();
        if (!bayeux.ledger().acknowledging()) {
            keeper.settled(bayeux.ledger().settled());
        }
        attempts.heard();
        if (state == FeedState.RECONNECTING) {
            become(FeedState.LIVE, "connected again");
            if (gap.isOpen()) {
                closeGap();
                intake.nextSubscription();
                resync.begin();
            }
        }
    }

    private void interrupted(BayeuxFailure failure, SessionListener.Retry retry) {
        if (!isSubscribed()) {
            retry.never();
            return;
        }
        attempts.failedAgain();
        if (failure.kind() != BayeuxFailure.Kind.UNREACHABLE && !bayeux.ledger().acknowledging()) {
            learnWhole();
            gap.open(whole, FeedGap.Reason.ANSWER_LOST, FeedGap.Certainty.POSSIBLE, failure.detail());
            untold.add(gap, whole);
            intake.interrupted();
        }
        if (state == FeedState.LIVE) {
            become(FeedState.RECONNECTING, failure.detail());
        }
        if (attempts.isHopeless(failure)) {
            retry.never(); // the server would send the same again for ever
        } else if (failure.kind() == BayeuxFailure.Kind.LOGIN || failure.kind() == BayeuxFailure.Kind.NOT_BAYEUX) {
            loginAgain(retry, failure.retryAfter());
        } else {
            retry.after(attempts.delay(failure.retryAfter()));
        }
    }

    /** The Bayeux session may well have survived the HTTP session: a new login within it loses nothing. */
    private void loginAgain(SessionListener.Retry retry, Optional<Duration> retryAfter) {
        CompletableFuture<Void> admitted = new CompletableFuture<>();
        LoginPace.Turn permit = threads.pace().turn(() -> admitted.complete(null));
        // whatever has become of the feed meanwhile, its session waits to hear when to connect again
        admitted.thenCompose(now -> gws.login()).whenComplete((login, failure) -> control.execute(() -> {
            permit.over();
            if (failure == null) {
                attempts.accepted();
                contactCenter.forget();
                retry.after(attempts.delay(retryAfter));
            } else if (attempts.isFinal(gws.explain(failure))) {
                reason = gws.explain(failure).getMessage();
                retry.never();
            } else {
                retry.after(attempts.delay(retryAfter));
            }
        }));
    }

    private void lost(BayeuxFailure failure) {
        if (state != FeedState.HANDSHAKING && state != FeedState.SUBSCRIBING && !isSubscribed()) {
            return; // it was ended by us
        }
        if (!isSubscribed() && resumed != null && failure.sessionMayLive()) {
            intake.forget(); // nothing of it has ended yet, so the next attempt begins where this one did
            position = resumed;
        } else if (wasLive) {
            learnWhole();
            gap.open(whole, reason(failure), FeedGap.Certainty.POSSIBLE, failure.detail());
            // what has been received goes with this process, should it die before it has told of the gap
            untold.add(gap, UntoldGaps.earlier(whole, bayeux.ledger().settled()));
        }
        if (state == FeedState.LIVE && attempts.isStable()) {
            attempts.forgive();
        }
        contactCenter.forget();
        if (attempts.mustPark() && state == FeedState.RECONNECTING) {
            park(reason);
        } else {
            backOff(failure.detail(), failure.retryAfter());
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
        public void crowded() {
            control.execute(() -> {
                if (!crowded) {
                    crowded = true;
                    FeedLog.crowded(settings);
                }
            });
        }

        @Override
        public int room() {
            return Math.max(0, settings.bayeux().maxPending() - counters.pending().get());
        }

        @Override
        public void received(List<ReceivedEvent> events, int refused, Instant since) {
            intake.received(events, since);
            if (refused > 0 && !bayeux.ledger().acknowledging()) {
                intake.overflow(refused, since);
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
