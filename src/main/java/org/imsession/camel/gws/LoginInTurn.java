package org.imsession.camel.gws;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The login that a request needs first, at some pace. Requests that need it at the same time share it, and none waits
 * on for its turn when the agent has been logged in for another reason. Never blocks; safe for use by several threads.
 */
final class LoginInTurn {

    private static final CompletableFuture<LoggedInAgent> NONE = CompletableFuture.completedFuture(null);

    private final Supplier<PacedLogin> logins;
    private CompletableFuture<LoggedInAgent> wanted = NONE; // guarded by this

    /**
     * @param logins one at the pace, that has not begun
     */
    LoginInTurn(Supplier<PacedLogin> logins) {
        this.logins = logins;
    }

    /** Logs in when it is the turn of this agent. */
    CompletableFuture<LoggedInAgent> login() {
        CompletableFuture<LoggedInAgent> mine = new CompletableFuture<>();
        synchronized (this) {
            if (!wanted.isDone()) {
                return wanted.copy();
            }
            wanted = mine;
        }
        PacedLogin login = logins.get();
        login.done().whenComplete((who, failure) -> {
            if (failure == null) {
                mine.complete(who);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        CompletableFuture<LoggedInAgent> whole = mine.whenComplete((who, failure) -> login.over());
        login.begin();
        return whole;
    }

    /** The agent is logged in: whoever waits need not wait on. */
    void loggedIn(LoggedInAgent who) {
        CompletableFuture<LoggedInAgent> waiting;
        synchronized (this) {
            waiting = wanted;
        }
        waiting.complete(who);
    }
}
