package org.imsession.camel.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.gws.PacedLogin;
import org.imsession.camel.recovery.FailureCount;
import org.imsession.camel.threads.StateScope;

/** The logins of a feed, at the pace that all agents share. Used on the control executor of the feed only. */
final class Logins {

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final GwsSession gws;
    private final FailureCount failures;
    private final StateScope scope;
    private final Executor control;
    private LoginPace.Turn turn = () -> { };
    private LoginPace.Turn permit = () -> { };
    private boolean renewed;

    Logins(FeedSettings settings, FeedRuntime runtime, GwsSession gws, FailureCount failures, StateScope scope,
           Executor control) {
        this.settings = settings;
        this.runtime = runtime;
        this.gws = gws;
        this.failures = failures;
        this.scope = scope;
        this.control = control;
    }

    /**
     * Logs in when it is this agent's turn; nothing comes of it if the state changes before. A login that was renewed
     * for a session which turns out to be gone serves for the next one, so that a restart of the server costs each
     * agent one login and one turn, not two.
     */
    void request(Runnable loggedIn, Consumer<GwsException> failed) {
        turn.over();
        Executor here = scope.here();
        if (renewed && gws.isLoggedIn()) {
            renewed = false;
            turn = runtime.pace().further(() -> here.execute(loggedIn));
            return;
        }
        PacedLogin login = gws.login(runtime.pace());
        turn = login;
        login.done().whenComplete((who, failure) -> here.execute(() -> {
            if (failure == null) {
                failures.accepted();
                loggedIn.run();
            } else {
                failed.accept(gws.explain(failure));
            }
        }));
    }

    /** What is under way or waits for its turn, and is of no use in that state, is given up: the turn is another's. */
    void changed(FeedState now) {
        if (now != FeedState.LOGGING_IN && now != FeedState.HANDSHAKING) {
            turn.over();
        }
        if (now != FeedState.RECONNECTING && now != FeedState.LIVE) {
            permit.over();
            permit = () -> { };
        }
        if (now == FeedState.LIVE) {
            renewed = false; // the session has been heard of, so what comes of the next one has nothing to do with it
        }
    }

    /**
     * The Bayeux session may well have survived the HTTP session: a new login within it loses nothing. Nothing comes of
     * it if that session ends before.
     *
     * @param accepted hears that there is a new login
     * @param failed   hears why there is none, now or for good
     */
    void again(BayeuxSessionListener.Retry retry, Optional<Duration> retryAfter, Runnable accepted,
               Consumer<GwsException> failed) {
        permit.over();
        PacedLogin mine = gws.login(runtime.pace());
        permit = mine;
        mine.done().whenComplete((login, failure) -> control.execute(() -> {
            mine.over();
            if (permit != mine) {
                return; // the session is gone, or the feed has been stopped
            }
            if (failure == null) {
                failures.accepted();
                failures.answeredAgain();
                renewed = true;
                accepted.run();
                retry.after(failures.delay(retryAfter));
            } else if (failures.isFinal(gws.explain(failure))) {
                failed.accept(gws.explain(failure));
                retry.never();
            } else {
                failed.accept(gws.explain(failure));
                retry.after(failures.delay(retryAfter));
            }
        }));
    }

    /** Looks now and then whether a credential that was refused has changed. */
    void watchCredential(Runnable changed) {
        scope.later(settings.credentialCheck().toMillis(), () -> {
            Executor here = scope.here();
            gws.credentialChanged().whenComplete((isAnother, failure) -> here.execute(() -> {
                if (failure == null && isAnother && failures.wasRefused()) {
                    failures.accepted();
                    changed.run();
                } else {
                    watchCredential(changed);
                }
            }));
        });
    }
}
