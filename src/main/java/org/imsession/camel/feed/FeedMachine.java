package org.imsession.camel.feed;

import java.time.Duration;
import java.util.Optional;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.channel.CarriedChannel;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.position.SessionTakeOver;
import org.imsession.camel.recovery.FailureCount;
import org.imsession.camel.recovery.Logins;
import org.imsession.camel.recovery.ReconnectPause;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.threads.StateScope;

/**
 * The states of {@link FeedState}, and what is done in each. Everything is done on the control executor, but for what
 * says otherwise; nothing waits for the network.
 */
final class FeedMachine {

    private final FeedSettings settings;
    private final GwsSession gws;
    private final CurrentState current;
    private final StateScope scope;
    private final PositionSaver saver;
    private final BayeuxSession bayeux;
    private final SessionTakeOver takeOver;
    private final Audience audience;
    private final GapTracker gaps;
    private final Intake intake;
    private final ServerWarnings warnings;
    private final Resync resync;
    private final CarriedChannel carried;
    private final FailureCount failures;
    private final Logins logins;
    private final ReconnectPause pause;
    private final ContactCenterLogin contactCenter;
    private final FeedCounters counters;
    private final AwaitedStarts starts;
    private final FeedReport report;

    private boolean subscribed;
    private boolean connected;
    private volatile boolean steady;
    private long lives;

    FeedMachine(FeedParts parts) {
        this.settings = parts.settings();
        this.gws = parts.gws();
        this.current = parts.current();
        this.scope = parts.scope();
        this.saver = parts.saver();
        this.bayeux = parts.bayeux();
        this.takeOver = parts.takeOver();
        this.audience = parts.audience();
        this.gaps = audience.gaps();
        this.intake = parts.intake();
        this.warnings = parts.warnings();
        this.resync = parts.resync();
        this.carried = parts.carried();
        this.failures = parts.failures();
        this.logins = parts.logins();
        this.pause = parts.pause();
        this.contactCenter = parts.contactCenter();
        this.counters = parts.counters();
        this.starts = parts.starts();
        this.report = parts.report();
    }

    /** The only place where the state changes. */
    void become(FeedState next, String why) {
        boolean was = current.isSubscribed();
        current.change(next, why, failures.failed(), logins.rest());
        scope.next();
        steady = false;
        logins.changed(next == FeedState.LOGGING_IN || next == FeedState.HANDSHAKING, current.isSubscribed());
        if (next == FeedState.LIVE) {
            logins.live();
        }
        if (!current.isSubscribed()) {
            pause.drop();
        }
        audience.changed(report.status());
        if (was && !current.isSubscribed()) {
            carried.gone();
        }
    }

    /** Starts, with the session of the last process if it left one. */
    void begin() {
        become(FeedState.LOGGING_IN, "started");
        takeOver.take(this::takenUp, this::inUseElsewhere);
    }

    private void inUseElsewhere(String why) {
        if (current.is(FeedState.LOGGING_IN)) {
            become(FeedState.BACKING_OFF, why);
        }
    }

    private void takenUp(PositionSaver.Found found) {
        if (current.is(FeedState.BACKING_OFF)) {
            become(FeedState.LOGGING_IN, "the session is no longer in use elsewhere");
        }
        if (!found.ours()) {
            audience.found(found.saved().routes(), takeOver.isAhead());
        }
        if (!takeOver.isAhead()) {
            audience.abandoned();
        }
        gaps.begin(found);
        requestLogin();
    }

    /** Tries to log in, and goes on from there. */
    void login(String why) {
        become(FeedState.LOGGING_IN, why);
        requestLogin();
    }

    private void requestLogin() {
        logins.request(this::loggedIn, this::loginFailed);
    }

    private void loggedIn() {
        become(FeedState.HANDSHAKING, "logged in");
        takeOver.open();
    }

    private void loginFailed(GwsException failure) {
        counters.failedLogins.incrementAndGet();
        warnings.cutting(gws.cutting());
        if (failures.isFinal(failure)) {
            park(failure.getMessage());
        } else {
            backOff(failure.getMessage(), failure.retryAfter());
        }
        starts.failed(failure);
    }

    private void backOff(String why, Optional<Duration> retryAfter) {
        failures.failedAgain();
        become(FeedState.BACKING_OFF, why);
        scope.later(failures.delay(retryAfter), () -> login("attempt " + (failures.failed() + 1) + " after: " + why));
    }

    private void park(String why) {
        failures.failedAgain();
        become(FeedState.PARKED, why);
        logins.rest().ifPresent(rest -> scope.later(rest.toMillis() + 1, () -> {
            logins.forget(takeOver.isAhead());
            failures.accepted();
            login("parked for " + settings.parkedRetry());
        }));
        logins.watchCredential(() -> login("the credential has changed"));
    }

    void opened(boolean acknowledging, boolean resumed) {
        if (current.is(FeedState.HANDSHAKING)) {
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
        if (current.is(FeedState.SUBSCRIBING) && subscribed && connected) {
            live();
        }
    }

    private void live() {
        failures.live(); // before anybody is told, for whoever hears of it may ask how long it has lived
        resync.ahead(); // and whether all is known
        become(FeedState.LIVE, "subscribed");
        takeOver.live();
        gaps.liable();
        if (lives++ > 0) {
            counters.reconnects.incrementAndGet();
        }
        resync.newSubscription();
        contactCenter.begin();
        if (!isAcknowledging()) {
            saver.unresumable(bayeux.ledger().settled());
        }
        starts.live();
        carried.live(current.since());
    }

    private boolean isAcknowledging() {
        return bayeux.ledger().acknowledging();
    }

    boolean isSteady() { // of any thread: whether another answer that is well changes nothing
        return steady && !bayeux.ledger().misaligned();
    }

    void connected() {
        connected = true;
        if (!current.isSubscribed()) {
            liveOnceWhole();
            return;
        }
        warnings.misaligned(bayeux.ledger().misaligned());
        if (!isAcknowledging()) {
            saver.settled(bayeux.ledger().settled());
        }
        failures.heard();
        if (current.is(FeedState.RECONNECTING)) {
            boolean lost = gaps.isBroken();
            if (lost) {
                resync.ahead();
            }
            become(FeedState.LIVE, "connected again");
            if (lost) {
                resync.newSubscription();
            }
        }
        steady = isAcknowledging() && failures.isForgiven();
    }

    void interrupted(BayeuxFailure failure, BayeuxSessionListener.Retry retry) {
        if (!current.isSubscribed()) {
            retry.never();
            return;
        }
        if (current.is(FeedState.LIVE)) {
            failures.liveNoLonger();
        }
        failures.failedAgain();
        warnings.inFront(bayeux);
        if (failure.kind() != BayeuxFailure.Kind.UNREACHABLE && !isAcknowledging()) {
            gaps.answerLost(failure.detail());
            intake.interrupted();
        }
        if (current.is(FeedState.LIVE)) {
            become(FeedState.RECONNECTING, failure.withRemedy());
        } else {
            current.goesOn(failure.withRemedy(), failures.failed());
        }
        if (failures.isHopeless(failure)) {
            retry.never(); // the server would send the same again for ever
        } else if (failure.concernsLogin()) {
            logins.again(pause.before(retry), failure.retryAfter(), contactCenter::forget, this::loginFailedAgain);
        } else {
            pause.before(retry).after(failures.delay(failure.retryAfter()));
        }
    }

    private void loginFailedAgain(GwsException failure) {
        counters.failedLogins.incrementAndGet();
        current.goesOn(failure.getMessage(), failures.failed());
    }

    void lost(BayeuxFailure failure) {
        if (!current.is(FeedState.HANDSHAKING) && !current.is(FeedState.SUBSCRIBING) && !current.isSubscribed()) {
            return; // it was ended by us
        }
        if (!current.isSubscribed() && takeOver.again(failure)) {
            intake.forget(); // nothing of it has ended yet, so the next attempt begins where this one did
        } else {
            gaps.sessionLost(failure);
            takeOver.sayGoodBye();
        }
        if (current.is(FeedState.LIVE)) {
            failures.liveNoLonger();
        } else if (current.is(FeedState.RECONNECTING) && !failure.sessionMayLive()) {
            failures.answeredAgain();
        }
        warnings.inFront(bayeux);
        contactCenter.forget();
        if (failures.wasRefused() && current.is(FeedState.RECONNECTING)) {
            park(current.reason());
        } else {
            backOff(failure.withRemedy(), failure.retryAfter());
        }
        starts.failed(new FeedException(settings.server() + ": " + failure.withRemedy()));
    }
}
