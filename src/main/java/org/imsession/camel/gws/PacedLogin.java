package org.imsession.camel.gws;

import java.util.concurrent.CompletableFuture;
import org.imsession.camel.spi.Credential;

/**
 * One login on its way: first the credential, if it is not at hand, then its turn, then the request. The place among
 * the logins under way is taken for the request only, and for what its owner does behind it until it is over; a
 * credential that is long in coming, or never comes, holds none. Never blocks; safe for use by several threads.
 *
 * <p>The credential is not asked for when the wait begins, which may be minutes before the turn in a queue of
 * thousands, but {@linkplain LoginPace#ahead shortly before} it: so few are let through that what was asked for is no
 * older, when it is sent, than the time which as many logins take. It is not asked for again then. One at hand is read
 * in the moment of the request, so a change counts.
 */
public final class PacedLogin implements LoginPace.Turn {

    private static final LoginPace.Turn NOTHING = () -> { };

    private final AgentLogin login;
    private final LoginPace pace;
    private final boolean awaited;
    private final CompletableFuture<LoggedInAgent> done = new CompletableFuture<>();
    // guarded by this
    private LoginPace.Turn leave = NOTHING;
    private LoginPace.Turn turn = NOTHING;
    private boolean begun;
    private boolean over;

    /**
     * Nothing is done before {@link #begin()}.
     *
     * @param awaited whether somebody waits for what comes behind the login
     */
    PacedLogin(AgentLogin login, LoginPace pace, boolean awaited) {
        this.login = login;
        this.pace = pace;
        this.awaited = awaited;
    }

    PacedLogin begin() {
        orFail(() -> {
            if (login.credentialAtHand().isPresent()) {
                takeTurn(null);
            } else {
                LoginPace ahead = pace.ahead();
                holdLeave(awaited ? ahead.soon(this::ask) : ahead.turn(this::ask));
            }
        });
        return this;
    }

    /**
     * Who has logged in, or what that failed with; the place is given back in the latter case. Never completes if the
     * login was given up before it began.
     */
    public CompletableFuture<LoggedInAgent> done() {
        return done;
    }

    /** The login is no longer wanted, or what follows it has been done: nothing is sent any more, and others may go. */
    @Override
    public void over() {
        LoginPace.Turn hadLeave;
        LoginPace.Turn hadTurn;
        synchronized (this) {
            over = true;
            hadLeave = leave;
            hadTurn = turn;
            leave = NOTHING;
            turn = NOTHING;
        }
        hadLeave.over();
        hadTurn.over();
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void ask() {
        if (!isOver()) {
            orFail(() -> login.askCredential().whenComplete((given, failure) -> {
                if (failure != null) {
                    fail(failure);
                } else if (!isOver()) {
                    orFail(() -> takeTurn(given));
                }
            }));
        }
    }

    private void takeTurn(Credential asked) {
        Runnable send = () -> orFail(() -> send(asked));
        holdTurn(awaited ? pace.soon(send) : asked == null ? pace.turn(send) : pace.asked(send));
    }

    private void send(Credential asked) {
        LoginPace.Turn hadLeave;
        synchronized (this) {
            if (over) {
                return;
            }
            begun = true;
            hadLeave = leave;
            leave = NOTHING;
        }
        Credential given = login.credentialAtHand().orElse(asked);
        CompletableFuture<LoggedInAgent> sent = given != null ? login.send(given)
                // it was at hand and is not any more, since somebody has put a vault in its place meanwhile
                : login.askCredential().thenCompose(login::send);
        sent.whenComplete((who, failure) -> {
            if (failure == null) {
                done.complete(who);
            } else {
                fail(failure);
            }
        });
        hadLeave.over();
    }

    /** By the time it is here the login may have begun. */
    private void holdLeave(LoginPace.Turn given) {
        boolean late;
        synchronized (this) {
            leave = given;
            late = begun || over;
        }
        if (late) {
            given.over();
        }
    }

    private void holdTurn(LoginPace.Turn given) {
        boolean late;
        synchronized (this) {
            turn = given;
            late = over;
        }
        if (late) {
            given.over();
        }
    }

    private void orFail(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) { // no thread can be had, for example
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        over();
        done.completeExceptionally(login.explain(failure));
    }
}
