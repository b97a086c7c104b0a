package org.imsession.camel.gws;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.Credential;

/**
 * Who an agent is logged in as, and the login itself: at once, in turn, or at the pace of whoever asks; one request at
 * a time serves all. Never blocks; safe for use by several threads.
 */
final class AgentLogin {

    private final String agent;
    private final GwsSettings settings;
    private final CredentialQuestion question;
    private final RefusalGuard refusals;
    private final AnswerCheck check;
    private final AgentRequests requests;
    private final ProxyAccess proxy;
    private final TransportFailure failures;
    private final LoginInTurn inTurn;
    private final LoginInTurn atOnce;
    private final AtomicReference<CompletableFuture<LoggedInAgent>> running = new AtomicReference<>();
    private volatile long count; // changed under the lock
    private volatile long forgotten; // changed under the lock
    private volatile LoggedInAgent known;

    /**
     * @param pace of the logins that requests need
     */
    AgentLogin(String agent, GwsSettings settings, CredentialQuestion question, RefusalGuard refusals,
               AnswerCheck check, AgentRequests requests, ProxyAccess proxy, TransportFailure failures,
               LoginPace pace) {
        this.agent = agent;
        this.settings = settings;
        this.question = question;
        this.refusals = refusals;
        this.check = check;
        this.requests = requests;
        this.proxy = proxy;
        this.failures = failures;
        this.inTurn = new LoginInTurn(() -> new PacedLogin(this, pace, true));
        this.atOnce = new LoginInTurn(() -> new PacedLogin(this, LoginPace.NONE, true));
    }

    /** See {@link GwsSession#who()}. */
    CompletableFuture<LoggedInAgent> who() {
        LoggedInAgent now = known;
        return now == null ? inTurn() : CompletableFuture.completedFuture(now);
    }

    /** One that is under way serves as well. */
    private CompletableFuture<LoggedInAgent> inTurn() {
        CompletableFuture<LoggedInAgent> other = running.get();
        return other == null ? inTurn.login() : other.copy();
    }

    boolean isLoggedIn() {
        return known != null;
    }

    /** How many have succeeded. */
    long count() {
        return count;
    }

    /** See {@link GwsSession#login()}. */
    CompletableFuture<LoggedInAgent> atOnce() {
        return atOnce.login();
    }

    /** See {@link GwsSession#login(LoginPace)}. */
    PacedLogin at(LoginPace pace) {
        return new PacedLogin(this, pace, false).begin();
    }

    /** A login after a request that was refused; another request may have had the same idea already. */
    CompletableFuture<?> renew(long during) {
        return isLoggedIn() && count() != during ? CompletableFuture.completedFuture(null) : inTurn();
    }

    /** The request itself, at once; one that is under way serves as well. */
    CompletableFuture<LoggedInAgent> send(Credential given) {
        CompletableFuture<LoggedInAgent> mine = new CompletableFuture<>();
        CompletableFuture<LoggedInAgent> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other.copy();
        }
        long epoch = forgotten;
        sent(given).whenComplete((who, failure) -> {
            ended(who, failure == null, epoch);
            running.set(null);
            if (failure == null) {
                mine.complete(who);
                inTurn.loggedIn(who);
            } else {
                mine.completeExceptionally(failures.explain(failure));
            }
        });
        return mine.copy();
    }

    private synchronized void ended(LoggedInAgent who, boolean well, long epoch) {
        if (well && epoch == forgotten) {
            known = who;
            count++;
        } else if (!well) {
            known = null;
        }
    }

    /** Whatever is thrown is a failure of this login, and the next one is to be tried. */
    private CompletableFuture<LoggedInAgent> sent(Credential given) {
        try {
            return loginWith(given);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<LoggedInAgent> loginWith(Credential given) {
        if (!refusals.maySend(given)) {
            return CompletableFuture.failedFuture(check.credentialsRefused(agent, "refused before and "
                    + (refusals.nextTry().isPresent() ? "not sent again yet" : "not sent again unchanged")
                    + ", so that the account is not locked", 0, -1));
        }
        return requests.login(given).thenApply(answer -> {
            try {
                LoggedInAgent who = LoggedInAgent.of(check.acceptLogin(answer, agent).members(), agent);
                refusals.accepted();
                return permitted(who);
            } catch (GwsException e) {
                if (e.kind() == Kind.CREDENTIALS_REFUSED) {
                    refusals.refused(given);
                }
                throw e;
            }
        });
    }

    private LoggedInAgent permitted(LoggedInAgent who) {
        if (!who.instantMessaging().orElse(true)) {
            throw new GwsException(Kind.FEATURE_MISSING, settings.host() + " gives agent " + agent + " no feature "
                    + LoggedInAgent.IM_FEATURE + ". Have it assigned to the agent or its contact center");
        }
        return who;
    }

    /** See {@link GwsSession#credentialChanged()}. */
    CompletableFuture<Boolean> credentialChanged() {
        return proxy.holdsBack() ? CompletableFuture.completedFuture(false)
                : question.ask().thenApply(now -> refusals.last().map(last -> !last.equals(now)).orElse(true));
    }

    /** See {@link GwsSession#nextTry()}. */
    Optional<Duration> nextTry() {
        return proxy.holdsBack() ? proxy.nextTry() : refusals.nextTry();
    }

    /** See {@link GwsSession#sendAgain()}. */
    void sendAgain() {
        refusals.onceMore();
        proxy.onceMore();
    }

    /** See {@link GwsSession#forgetLogin()}. */
    void forget() {
        synchronized (this) {
            forgotten++;
            known = null;
        }
        requests.forget();
    }

    /** The credential, if nobody need be asked. */
    Optional<Credential> credentialAtHand() {
        return question.atHand();
    }

    /** The credential, as it is now. */
    CompletableFuture<Credential> askCredential() {
        return question.ask();
    }

    /** See {@link GwsSession#explain}. */
    GwsException explain(Throwable failure) {
        return failures.explain(failure);
    }
}
