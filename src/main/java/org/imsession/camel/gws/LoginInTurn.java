package org.imsession.camel.gws;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The login that a request needs first, at the pace that all agents share. Requests that need it at the same time share
 * it, and none waits on for its turn when the agent has been logged in for another reason. Never blocks; safe for use
 * by several threads.
 */
final class LoginInTurn {

    private final LoginPace pace;
    private final Supplier<CompletableFuture<Login>> login;
    private CompletableFuture<Login> wanted = CompletableFuture.completedFuture(null); // guarded by this

    /**
     * @param pace  decides when
     * @param login logs in at once
     */
    LoginInTurn(LoginPace pace, Supplier<CompletableFuture<Login>> login) {
        this.pace = pace;
        this.login = login;
    }

    /** Logs in when it is the turn of this agent. */
    CompletableFuture<Login> login() {
        CompletableFuture<Login> mine = new CompletableFuture<>();
        synchronized (this) {
            if (!wanted.isDone()) {
                return wanted.copy();
            }
            wanted = mine;
        }
        LoginPace.Turn turn = pace.soon(() -> begin(mine));
        return mine.whenComplete((who, failure) -> turn.over());
    }

    private void begin(CompletableFuture<Login> mine) {
        if (mine.isDone()) {
            return;
        }
        login.get().whenComplete((who, failure) -> {
            if (failure == null) {
                mine.complete(who);
            } else {
                mine.completeExceptionally(failure);
            }
        });
    }

    /** The agent is logged in: whoever waits need not wait on. */
    void loggedIn(Login who) {
        CompletableFuture<Login> waiting;
        synchronized (this) {
            waiting = wanted;
        }
        waiting.complete(who);
    }
}
