package org.imsession.camel.recovery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.LoginPace;
import org.imsession.camel.gws.PacedLogin;
import org.imsession.camel.threads.StateScope;

/** The logins of an agent, at the pace that all agents share. Used on one executor only, the control executor. */
public final class Logins {

    private static final LoginPace.Turn NOTHING = () -> { };

    private final LoginPace pace;
    private final Duration parkedRetry;
    private final Duration credentialCheck;
    private final GwsSession gws;
    private final FailureCount failures;
    private final StateScope scope;
    private final Executor control;
    private LoginPace.Turn turn = NOTHING;
    private LoginPace.Turn permit = NOTHING;
    private boolean renewed;

    /**
     * @param pace            spreads logins over time
     * @param parkedRetry     how long a parked agent rests before it is tried again all the same
     * @param credentialCheck how often a parked agent's credential is looked at, in case it has changed
     */
    public Logins(LoginPace pace, Duration parkedRetry, Duration credentialCheck, GwsSession gws,
                  FailureCount failures, StateScope scope, Executor control) {
        this.pace = pace;
        this.parkedRetry = parkedRetry;
        this.credentialCheck = credentialCheck;
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
    public void request(Runnable loggedIn, Consumer<GwsException> failed) {
        turn.over();
        Executor here = scope.here();
        if (renewed && gws.isLoggedIn()) {
            renewed = false;
            turn = pace.further(() -> here.execute(loggedIn));
            return;
        }
        PacedLogin login = gws.login(pace);
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

    /**
     * The state has changed: what is under way or waits for its turn, and is of no use now, is given up, and the turn
     * is another's.
     *
     * @param beginning  whether a session is about to begin
     * @param subscribed whether there is one
     */
    public void changed(boolean beginning, boolean subscribed) {
        if (!beginning) {
            turn.over();
            turn = NOTHING;
        }
        if (!subscribed) {
            permit.over();
            permit = NOTHING;
        }
    }

    /** The session has been heard of, so what comes of the next one has nothing to do with a login renewed before. */
    public void live() {
        renewed = false;
    }

    /**
     * The Bayeux session may well have survived the HTTP session: a new login within it loses nothing. Nothing comes of
     * it if that session ends before.
     *
     * @param accepted hears that there is a new login
     * @param failed   hears why there is none, now or for good
     */
    public void again(BayeuxSessionListener.Retry retry, Optional<Duration> retryAfter, Runnable accepted,
               Consumer<GwsException> failed) {
        permit.over();
        PacedLogin mine = gws.login(pace);
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
    public void watchCredential(Runnable changed) {
        scope.later(credentialCheck.toMillis(), () -> {
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

    /** How long a parked agent rests; empty if only another credential helps, or an operator. */
    public Optional<Duration> rest() {
        return failures.wasRefused() ? gws.nextTry().map(rest -> rest.isZero() ? parkedRetry : rest)
                : Optional.of(parkedRetry);
    }

    /** @param goesOn whether a session is yet to be gone on with, which is known by its cookies */
    public void forget(boolean goesOn) {
        if (goesOn) {
            gws.forgetLogin();
        } else {
            gws.forget();
        }
    }
}
