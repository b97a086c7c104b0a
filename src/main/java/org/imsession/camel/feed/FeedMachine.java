package org.imsession.camel.feed;

import java.time.Duration;
import java.util.Optional;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.recovery.FailureCount;
import org.imsession.camel.status.FeedState;

/**
 * The states of {@link FeedState}, and what is done in each. Everything is done on the control executor, but for what
 * says otherwise; nothing waits for the network.
 */
final class FeedMachine {

    private final FeedParts parts;
    private final CurrentState current;
    private final FailureCount failures;
    private final GapTracker gaps;

    private boolean subscribed;
    private boolean connected;
    private volatile boolean steady;
    private long lives;

    FeedMachine(FeedParts parts) {
        this.parts = parts;
        this.current = parts.current();
        this.failures = parts.failures();
        this.gaps = parts.audience().gaps();
    }

    /** The only place where the state changes. */
    void become(FeedState next, String why) {
        boolean was = current.isSubscribed();
        current.change(next, why, failures.failed(), parts.logins().rest());
        parts.scope().next();
        steady = false;
        parts.logins().changed(next == FeedState.LOGGING_IN || next == FeedState.HANDSHAKING, current.isSubscribed());
        if (next == FeedState.LIVE) {
            parts.logins().live();
        }
        if (!current.isSubscribed()) {
            parts.pause().drop();
        }
        parts.audience().changed(FeedReport.of(parts));
        if (was && !current.isSubscribed()) {
            parts.carried().gone();
        }
    }

    /** Starts, with the session of the last process if it left one. */
    void begin() {
        become(FeedState.LOGGING_IN, "started");
        parts.takeOver().take(this::takenUp, this::inUseElsewhere);
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
            parts.audience().found(found.saved().routes(), parts.takeOver().isAhead());
        }
        if (!parts.takeOver().isAhead()) {
            parts.audience().abandoned();
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
        parts.logins().request(this::loggedIn, this::loginFailed);
    }

    private void loggedIn() {
        become(FeedState.HANDSHAKING, "logged in");
        parts.takeOver().open();
    }

    private void loginFailed(GwsException failure) {
        parts.counters().failedLogin();
        parts.warnings().cutting(parts.gws().cutting());
        if (failures.isFinal(failure)) {
            park(failure.getMessage());
        } else {
            backOff(failure.getMessage(), failure.retryAfter());
        }
        parts.starts().failed(failure);
    }

    private void backOff(String why, Optional<Duration> retryAfter) {
        failures.failedAgain();
        become(FeedState.BACKING_OFF, why);
        parts.scope().later(failures.delay(retryAfter),
                () -> login("attempt " + (failures.failed() + 1) + " after: " + why));
    }

    private void park(String why) {
        failures.failedAgain();
        become(FeedState.PARKED, why);
        parts.logins().rest().ifPresent(rest -> parts.scope().later(rest.toMillis() + 1, () -> {
            parts.logins().forget(parts.takeOver().isAhead());
            failures.accepted();
            login("parked for " + parts.settings().parkedRetry());
        }));
        parts.logins().watchCredential(() -> login("the credential has changed"));
    }

    void opened(boolean acknowledging, boolean resumed) {
        if (current.is(FeedState.HANDSHAKING)) {
            subscribed = false;
            connected = false;
            become(FeedState.SUBSCRIBING, resumed ? "resumed the session" : "shook hands");
            parts.warnings().guarantee(acknowledging);
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
        parts.resync().ahead(); // and whether all is known
        become(FeedState.LIVE, "subscribed");
        parts.takeOver().live();
        gaps.liable();
        if (lives++ > 0) {
            parts.counters().reconnect();
        }
        parts.resync().newSubscription();
        parts.contactCenter().begin();
        if (!isAcknowledging()) {
            parts.saver().unresumable(parts.bayeux().ledger().settled());
        }
        parts.starts().live();
        parts.carried().live(current.since());
    }

    private boolean isAcknowledging() {
        return parts.bayeux().ledger().acknowledging();
    }

    boolean isSteady() { // of any thread: whether another answer that is well changes nothing
        return steady && !parts.bayeux().ledger().misaligned();
    }

    void connected() {
        connected = true;
        if (!current.isSubscribed()) {
            liveOnceWhole();
            return;
        }
        parts.warnings().misaligned(parts.bayeux().ledger().misaligned());
        if (!isAcknowledging()) {
            parts.saver().settled(parts.bayeux().ledger().settled());
        }
        failures.heard();
        if (current.is(FeedState.RECONNECTING)) {
            boolean lost = gaps.isBroken();
            if (lost) {
                parts.resync().ahead();
            }
            become(FeedState.LIVE, "connected again");
            if (lost) {
                parts.resync().newSubscription();
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
        parts.warnings().inFront(parts.bayeux());
        if (failure.kind() != BayeuxFailure.Kind.UNREACHABLE && !isAcknowledging()) {
            gaps.answerLost(failure.detail());
            parts.intake().interrupted();
        }
        if (current.is(FeedState.LIVE)) {
            become(FeedState.RECONNECTING, failure.withRemedy());
        } else {
            current.goesOn(failure.withRemedy(), failures.failed());
        }
        if (failures.isHopeless(failure)) {
            retry.never(); // the server would send the same again for ever
        } else if (failure.concernsLogin()) {
            parts.logins().again(parts.pause().before(retry), failure.retryAfter(), parts.contactCenter()::forget,
                    this::loginFailedAgain);
        } else {
            parts.pause().before(retry).after(failures.delay(failure.retryAfter()));
        }
    }

    private void loginFailedAgain(GwsException failure) {
        parts.counters().failedLogin();
        current.goesOn(failure.getMessage(), failures.failed());
    }

    void lost(BayeuxFailure failure) {
        if (!current.is(FeedState.HANDSHAKING) && !current.is(FeedState.SUBSCRIBING) && !current.isSubscribed()) {
            return; // it was ended by us
        }
        if (!current.isSubscribed() && parts.takeOver().again(failure)) {
            parts.intake().forget(); // nothing of it has ended yet, so the next attempt begins where this one did
        } else {
            gaps.sessionLost(failure);
            parts.takeOver().sayGoodBye();
        }
        if (current.is(FeedState.LIVE)) {
            failures.liveNoLonger();
        } else if (current.is(FeedState.RECONNECTING) && !failure.sessionMayLive()) {
            failures.answeredAgain();
        }
        parts.warnings().inFront(parts.bayeux());
        parts.contactCenter().forget();
        if (failures.wasRefused() && current.is(FeedState.RECONNECTING)) {
            park(current.reason());
        } else {
            backOff(failure.withRemedy(), failure.retryAfter());
        }
        parts.starts().failed(new FeedException(parts.settings().server() + ": " + failure.withRemedy()));
    }
}
