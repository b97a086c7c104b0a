package org.imsession.camel.feed;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.bayeux.SessionPosition;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.LogText;
import org.imsession.camel.position.Owner;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.recovery.FailureCount;
import org.imsession.camel.recovery.ReasonsTold;
import org.imsession.camel.recovery.ReconnectPause;
import org.imsession.camel.threads.SerialExecutor;
import org.imsession.camel.threads.StateScope;

/**
 * The states of {@link FeedState}, and what is done in each. Everything is done on the control executor, but for what
 * says otherwise; nothing waits for the network.
 */
final class FeedMachine {

    /** What one event of the largest size may need of the heap, with the piece of an answer that is not split yet. */
    private static final int WEIGHT = 7;

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final GwsSession gws;
    private final PositionSaver saver;
    private final BayeuxSession bayeux;
    private final SerialExecutor control;
    private final Intake intake;
    private final Audience audience;
    private final FeedCounters counters;
    private final Backlog backlog;
    private final FailureCount failures;
    private final Resync resync;
    private final ContactCenterLogin contactCenter;
    private final GapTracker gaps;
    private final StateScope scope;
    private final Logins logins;
    private final ReconnectPause pause;
    private final CarriedChannel carried;
    private final List<CompletableFuture<Void>> starting = new ArrayList<>();
    private final ServerWarnings warnings;
    private final SessionTakeOver takeOver;
    private final ReasonsTold reasons = new ReasonsTold();

    private volatile FeedState state = FeedState.STOPPED;
    private volatile Instant since;
    private volatile String reason = "not started";
    private boolean subscribed;
    private boolean connected;
    private long lives;
    private volatile SessionPosition position;
    private volatile SessionPosition resumed;
    private CompletableFuture<Void> stopping = CompletableFuture.completedFuture(null);

    /** See {@link AgentFeed}. */
    FeedMachine(FeedSettings settings, FeedRuntime runtime, HttpClient http, GwsSession gws,
                Function<byte[], IMSessionNotification> json, NotificationObserver observer, PositionStore store) {
        this.settings = settings;
        this.runtime = runtime;
        this.gws = gws;
        this.counters = new FeedCounters();
        this.warnings = new ServerWarnings(settings);
        this.failures = new FailureCount(settings.backoff(), runtime.nanoTime(), runtime.random());
        this.control = new SerialExecutor(runtime.scheduler());
        this.scope = new StateScope(runtime.scheduler(), control);
        this.audience = new Audience(settings, runtime.clock(), this::liableSince, this::told);
        this.gaps = audience.gaps();
        this.saver = new PositionSaver(new Owner(settings.agent(), settings.server(), URI.create(settings.bayeux().url())),
                runtime.scheduler(), runtime.keepers(), runtime.clock(), store, gws.cookies(), gaps);
        this.backlog = new Backlog(settings, runtime, AnswerMemory.OF_THIS_JVM.share(
                (long) WEIGHT * settings.bayeux().maxMessageSize()), audience);
        this.intake = new Intake(settings, runtime, json, observer, counters, backlog, audience);
        this.bayeux = new BayeuxSession(settings.bayeux(), http, gws.cookies(), gws::decorate, runtime.scheduler(),
                runtime.nanoTime(), runtime.clock(), saver, gws.words(), new WireEvents(this, control, intake,
                backlog));
        this.pause = new ReconnectPause(runtime.scheduler(), control);
        this.logins = new Logins(settings, runtime, gws, failures, scope, control);
        this.resync = new Resync(settings, runtime, gws, intake, control, this::isSubscribed, warnings);
        this.contactCenter = new ContactCenterLogin(settings, gws, control);
        this.carried = new CarriedChannel(runtime, gws, control, bayeux, gaps, this::isSubscribed,
                this::newSubscription);
        this.takeOver = new SessionTakeOver(saver, scope);
        this.since = runtime.clock().instant();
    }

    /** See {@link AgentFeed#carry}. */
    void carry(FurtherChannel channel, boolean gaps) {
        carried.carry(channel, gaps);
        intake.carry(channel);
    }

    /** Of any thread. */
    void heldBack() {
        carried.heldBack();
    }

    /** May block for the disk. */
    void checkStore() {
        saver.check();
    }

    /** Of any thread. */
    void connectNow() {
        bayeux.connectNow();
    }

    /** Of any thread. */
    boolean isAcknowledging() {
        return bayeux.ledger().acknowledging();
    }

    /** Of any thread. */
    FeedStatus status() {
        String finding = bayeux.cutting().or(gws::cutting).or(bayeux::scattered).orElse("");
        return new FeedStatus(settings.agent(), settings.server(), state, since,
                finding.isEmpty() || reason.contains(finding) ? reason : reason + "; " + finding, failures.failed(),
                intake.guarantee(), counters.lastEvent, counters.received.get(), bayeux.repeated(),
                counters.gaps.get(), resync.unrepaired(), counters.foreign.get(), backlog.pending().get(),
                counters.reconnects.get(), saver.keeps() && !saver.failing() && isAcknowledging(),
                finding);
    }

    /** Of any thread. A session that is yet to be gone on with is liable from where it stood. */
    private Instant liableSince() {
        SessionPosition from = position != null ? position : resumed;
        Instant since = bayeux.ledger().liableSince();
        return from == null ? since : RouteMark.earlier(from.settled(), since);
    }

    private void told() {
        saver.again();
    }

    /** See {@link AgentFeed#subscribe}. Of any thread. */
    Delivery subscribe(FeedSubscriber subscriber) {
        Delivery delivery = new Delivery(settings, subscriber, runtime, audience);
        control.execute(() -> {
            boolean all = audience.expect(delivery);
            boolean left = all && isSubscribed();
            if (left) {
                intake.forget(); // it will come anew, and what comes meanwhile must not overtake it
            } else if (all) {
                backlog.forget(); // nobody ends what was left, and it would hold its room for ever
            }
            intake.join(delivery);
            saver.again();
            if (left) {
                takeUp("a route has started again");
            } else if (isSubscribed()) {
                intake.tellWhoWasAway();
                resync.begin();
            }
        });
        return delivery;
    }

    /** See {@link AgentFeed#start}. Of any thread. */
    CompletableFuture<Void> start() {
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
     * See {@link AgentFeed#stop}. Of any thread.
     *
     * @param parting how to part with the server
     */
    CompletableFuture<Void> stop(Supplier<CompletableFuture<Void>> parting, String why) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        control.execute(() -> {
            startFailed(new FeedException(settings.server() + ": stopped before the feed was live"));
            if (state != FeedState.STOPPED && state != FeedState.STOPPING) {
                stopping = parting.get().thenRunAsync(() -> stopped(why), control);
            }
            stopping.thenRun(() -> control.execute(() -> stopped.complete(null)));
        });
        return stopped;
    }

    private void startFailed(RuntimeException failure) {
        starting.forEach(each -> each.completeExceptionally(failure));
        starting.clear();
    }

    /** The only place where the state changes. */
    void become(FeedState next, String why) {
        if (!state.next().contains(next)) {
            throw new IllegalStateException("A feed cannot go from " + state + " to " + next);
        }
        FeedState before = state;
        boolean was = isSubscribed();
        state = next;
        since = runtime.clock().instant();
        reason = LogText.line(why); // of a store, a vault or a bean, too
        scope.next();
        logins.changed(next);
        if (!isSubscribed()) {
            pause.drop();
        }
        FeedLog.changed(settings, before, next, reason, isNews(next), rest());
        audience.changed(status());
        if (was && !isSubscribed()) {
            carried.gone();
        }
    }

    private boolean isNews(FeedState now) {
        return (now == FeedState.BACKING_OFF || now == FeedState.RECONNECTING)
                && reasons.isNew(reason, failures.failed());
    }

    /** The feed is still cut off, for a reason that may be another one. */
    private void stillCutOff(String why) {
        reason = LogText.line(why);
        FeedLog.changed(settings, state, state, reason, isNews(state), Optional.empty());
    }

    /**
     * All subscribers had left, and one comes. What they did not end the server still has, but it sends it again only to
     * a session that is taken up anew; one that keeps nothing has a new session made.
     */
    private void takeUp(String why) {
        position = bayeux.seal().orElse(null);
        if (position == null) {
            gaps.notKept(why + ", and the server keeps nothing");
        }
        become(FeedState.BACKING_OFF, why);
        bayeux.leave();
        if (position == null) {
            sayGoodBye();
        }
        scope.later(0, () -> login(why));
    }

    /** To a session that is given up; but whoever has taken over what is kept goes on with it. */
    private void sayGoodBye() {
        if (saver.isAlone()) {
            bayeux.sayGoodBye();
        }
    }

    /** Leaves the session for the next start if it can go on with it, else closes it. */
    CompletableFuture<Void> leave(Duration patience) {
        carried.close(); // first, for it is to be kept
        boolean kept = saver.keeps() && intake.guarantee() != DeliveryGuarantee.AT_MOST_ONCE;
        Instant mark = gaps.mark();
        int pending = backlog.pending().get();
        if (!kept && mark.isBefore(Instant.MAX) && (pending > 0 || state != FeedState.LIVE)) {
            FeedLog.leftBehind(settings, "the feed", pending, mark);
        }
        become(FeedState.STOPPING, "stopped by the route");
        if (kept) {
            bayeux.leave();
            // behind the last position, and before the next start reads it, however long the store hangs; but the
            // stop does not wait for that
            return saver.release().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        audience.abandoned();
        if (position != null) {
            sayGoodBye(); // it waits to be gone on with, which nobody will
        }
        // what comes until the session is closed is for nobody, and must not move the mark
        return bayeux.close(patience).thenCompose(closed -> saver.settleAndRelease(mark))
                .completeOnTimeout(null, 2 * patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the session, and keeps nothing of it. */
    CompletableFuture<Void> close(Duration patience) {
        become(FeedState.STOPPING, "no longer in the team");
        gaps.forget();
        audience.abandoned();
        return bayeux.close(patience).thenCompose(closed -> saver.remove()).thenCompose(gone -> saver.release());
    }

    /** Nothing more will come. */
    private void stopped(String why) {
        become(FeedState.STOPPED, why);
        gaps.stopped();
        failures.forgive();
        failures.accepted();
        intake.forget();
        if (!starting.isEmpty()) {
            begin(); // somebody has come meanwhile
        }
    }

    /** Tries again at once, if anything is waited for. Of any thread. */
    void retryNow() {
        ifWaiting(() -> {
            forgetLogin();
            gws.sendAgain();
            login("an operator said so");
        });
        control.execute(() -> {
            if (state == FeedState.RECONNECTING) {
                gws.sendAgain();
                pause.end();
            }
        });
    }

    /** A session that is yet to be gone on with is known by its cookies. */
    private void forgetLogin() {
        if (position == null) {
            gws.forget();
        } else {
            gws.forgetLogin();
        }
    }

    /** Tries other credentials at once, if anything is waited for. Of any thread. */
    void credentialsChanged() {
        ifWaiting(() -> login("there are other credentials"));
    }

    private void ifWaiting(Runnable attempt) {
        control.execute(() -> {
            if (state == FeedState.PARKED || state == FeedState.BACKING_OFF && !takeOver.waiting()) {
                failures.accepted();
                attempt.run();
            }
        });
    }

    /** Starts, with the session of the last process if it left one. */
    private void begin() {
        become(FeedState.LOGGING_IN, "started");
        takeOver.take(this::takenUp, this::inUseElsewhere);
    }

    private void inUseElsewhere(String why) {
        if (state == FeedState.LOGGING_IN) {
            become(FeedState.BACKING_OFF, why);
        }
    }

    private void takenUp(PositionSaver.Found found) {
        if (state == FeedState.BACKING_OFF) {
            become(FeedState.LOGGING_IN, "the session is no longer in use elsewhere");
        }
        if (found.saved() != null) {
            position = found.saved().resumable().orElse(null);
        }
        if (!found.ours()) {
            audience.found(found.saved().routes(), position != null);
        }
        if (position == null) {
            audience.abandoned();
        }
        gaps.begin(found);
        requestLogin();
    }

    private void login(String why) {
        become(FeedState.LOGGING_IN, why);
        requestLogin();
    }

    private void requestLogin() {
        logins.request(this::loggedIn, this::loginFailed);
    }

    private void loggedIn() {
        become(FeedState.HANDSHAKING, "logged in");
        bayeux.open(position);
        resumed = position;
        position = null;
    }

    private void loginFailed(GwsException failure) {
        warnings.cutting(gws.cutting());
        if (failures.isFinal(failure)) {
            park(failure.getMessage());
        } else {
            backOff(failure.getMessage(), failure.retryAfter());
        }
        startFailed(failure);
    }

    private void backOff(String why, Optional<Duration> retryAfter) {
        failures.failedAgain();
        become(FeedState.BACKING_OFF, why);
        scope.later(failures.delay(retryAfter), () -> login("attempt " + (failures.failed() + 1) + " after: " + why));
    }

    private void park(String why) {
        failures.failedAgain();
        become(FeedState.PARKED, why);
        rest().ifPresent(rest -> scope.later(rest.toMillis() + 1, () -> {
            forgetLogin();
            failures.accepted();
            login("parked for " + settings.parkedRetry());
        }));
        logins.watchCredential(() -> login("the credential has changed"));
    }

    /** How long a parked agent rests; empty if only another credential helps, or an operator. */
    private Optional<Duration> rest() {
        return failures.wasRefused() ? gws.nextTry().map(rest -> rest.isZero() ? settings.parkedRetry() : rest)
                : Optional.of(settings.parkedRetry());
    }

    void opened(boolean acknowledging, boolean resumed) {
        if (state == FeedState.HANDSHAKING) {
            subscribed = false;
            connected = false;
            become(FeedState.SUBSCRIBING, resumed ? "resumed the session" : "shook hands");
            warnings.guarantee(acknowledging);
        }
    }

    void subscribed() {
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
        failures.live(); // before anybody is told, for whoever hears of it may ask how long it has lived
        resync.ahead(); // and whether all is known
        become(FeedState.LIVE, "subscribed");
        resumed = null;
        gaps.liable();
        if (lives++ > 0) {
            counters.reconnects.incrementAndGet();
        }
        newSubscription();
        contactCenter.begin();
        if (!isAcknowledging()) {
            saver.unresumable(bayeux.ledger().settled());
        }
        starting.forEach(each -> each.complete(null));
        starting.clear();
        carried.live(since);
    }

    private void newSubscription() {
        intake.nextSubscription(gaps.close());
        resync.begin();
    }

    boolean isSubscribed() {
        return state == FeedState.LIVE || state == FeedState.RECONNECTING;
    }

    void connected() {
        connected = true;
        if (!isSubscribed()) {
            liveOnceWhole();
            return;
        }
        warnings.misaligned(bayeux.ledger().misaligned());
        if (!isAcknowledging()) {
            saver.settled(bayeux.ledger().settled());
        }
        failures.heard();
        if (state == FeedState.RECONNECTING) {
            boolean lost = gaps.isBroken();
            if (lost) {
                resync.ahead();
            }
            become(FeedState.LIVE, "connected again");
            if (lost) {
                newSubscription();
            }
        }
    }

    void crowded() {
        warnings.crowded();
    }

    void interrupted(BayeuxFailure failure, BayeuxSessionListener.Retry retry) {
        if (!isSubscribed()) {
            retry.never();
            return;
        }
        if (state == FeedState.LIVE) {
            failures.liveNoLonger();
        }
        failures.failedAgain();
        warnings.cutting(bayeux.cutting());
        warnings.scattered(bayeux.scattered());
        if (failure.kind() != BayeuxFailure.Kind.UNREACHABLE && !isAcknowledging()) {
            gaps.answerLost(failure.detail());
            intake.interrupted();
        }
        if (state == FeedState.LIVE) {
            become(FeedState.RECONNECTING, failure.detail());
        } else {
            stillCutOff(failure.detail());
        }
        if (failures.isHopeless(failure)) {
            retry.never(); // the server would send the same again for ever
        } else if (failure.concernsLogin()) {
            logins.again(pause.before(retry), failure.retryAfter(), contactCenter::forget,
                    failed -> stillCutOff(failed.getMessage()));
        } else {
            pause.before(retry).after(failures.delay(failure.retryAfter()));
        }
    }

    void lost(BayeuxFailure failure) {
        if (state != FeedState.HANDSHAKING && state != FeedState.SUBSCRIBING && !isSubscribed()) {
            return; // it was ended by us
        }
        if (!isSubscribed() && resumed != null && failure.sessionMayLive()) {
            intake.forget(); // nothing of it has ended yet, so the next attempt begins where this one did
            position = resumed;
        } else {
            gaps.sessionLost(failure);
            sayGoodBye();
        }
        if (state == FeedState.LIVE) {
            failures.liveNoLonger();
        } else if (state == FeedState.RECONNECTING && !failure.sessionMayLive()) {
            failures.answeredAgain();
        }
        warnings.cutting(bayeux.cutting());
        warnings.scattered(bayeux.scattered());
        contactCenter.forget();
        if (failures.wasRefused() && state == FeedState.RECONNECTING) {
            park(reason);
        } else {
            backOff(failure.detail(), failure.retryAfter());
        }
        startFailed(new FeedException(settings.server() + ": " + failure.detail()));
    }
}
