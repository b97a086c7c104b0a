package org.imsession.camel.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.feed.AgentFeed;
import org.imsession.camel.feed.FeedRuntime;
import org.imsession.camel.gws.GwsAnswer;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.gws.GwsStatus;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.operation.OperationResult.Accepted;
import org.imsession.camel.operation.RequestCompleter.Ready;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.threads.FutureFailure;

/**
 * The operations of one agent. Those of one session are sent in the order in which they were asked for, each after the
 * answer to the one before; none is ever sent twice unless GWS refused it. Never blocks; safe for use by several
 * threads. Futures fail with an {@link OperationException}, see {@link OperationException#in}.
 */
public final class AgentOperations implements NotificationObserver {

    private final GwsSession gws;
    private final FeedRuntime runtime;
    private final RequestCompleter lookup;
    private final HeardSessions sessions = new HeardSessions();
    /** {@code null} until there is one. */
    private volatile Undertakings undertakings;
    /** Of what nobody waits for: only to know whose trace goes on with it. {@code null} until there is one. */
    private volatile Expectations traced;

    /**
     * @param gws     the login of the agent
     * @param runtime runs the timers, and what had to wait for its turn
     */
    public AgentOperations(GwsSession gws, FeedRuntime runtime) {
        this.gws = gws;
        this.runtime = runtime;
        this.lookup = new RequestCompleter(gws);
    }

    @Override
    public Heard heard(IMSessionNotification notification, boolean again) {
        if (notification instanceof IMSessionStateChangeMessage change) {
            lookup.learn(change.imSession());
        }
        Undertakings own = undertakings;
        if (own == null) {
            sessions.add(notification.sessionId());
            return Heard.UNKNOWN;
        }
        Heard heard = own.expectations().heard(notification, again);
        Expectations others = traced;
        Map<String, String> traceContext = others == null ? Map.of()
                : others.heard(notification, again).traceContext();
        return traceContext.isEmpty() || !heard.traceContext().isEmpty() ? heard
                : new Heard(heard.direction(), traceContext);
    }

    /**
     * Performs an operation; done when GWS has accepted it, or has answered what was asked.
     *
     * @param traceContext of the exchange that asks for it, empty if it is not traced
     */
    public CompletableFuture<OperationResult> perform(IMSessionRequest request, Map<String, String> traceContext) {
        return checked(request, () -> request.operation().isRead() ? read(request)
                : inTurn(request, () -> lookup.complete(request).thenCompose(ready -> send(ready, traceContext)))
                        .thenApply(answer -> new Accepted(request.sessionId())));
    }

    /**
     * Performs an operation; done when the feed has brought the notification that it caused. A read is done when it is
     * answered.
     *
     * @param feed         the feed of this agent as soon as somebody has started it; with this as its observer
     * @param patience     how long to wait for a feed that is not live, and then for the notification
     * @param traceContext of the exchange that asks for it, empty if it is not traced
     */
    public CompletableFuture<OperationResult> performAndWait(IMSessionRequest request,
                                                             CompletableFuture<AgentFeed> feed, Duration patience,
                                                             Map<String, String> traceContext) {
        if (request.operation().isRead()) {
            return perform(request, traceContext);
        }
        return checked(request, () -> {
            CompletableFuture<AwaitedOperation> begun = new CompletableFuture<>();
            inTurn(request, () -> joined(request, feed).thenCompose(its -> live(request, its, patience)
                    .thenCompose(live -> lookup.complete(request))
                    .thenCompose(ready -> {
                        AwaitedOperation wait = waitFor(ready, its, patience, traceContext);
                        begun.complete(wait);
                        return send(ready.request(), wait);
                    }))).exceptionally(failure -> {
                        begun.completeExceptionally(explain(request, failure)); // unless the wait has begun
                        return null;
                    });
            return begun.thenCompose(AwaitedOperation::result);
        });
    }

    /** Gives up all that is waited for: the feed will bring nothing more. */
    public void giveUp() {
        Undertakings own = undertakings;
        if (own != null) {
            own.waits().forEach(AwaitedOperation::giveUp);
        }
    }

    private <T> CompletableFuture<T> checked(IMSessionRequest request, Supplier<CompletableFuture<T>> doing) {
        try {
            RequestLimits.check(request, gws.agent());
        } catch (OperationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return doing.get();
    }

    private <T> CompletableFuture<T> inTurn(IMSessionRequest request, Supplier<CompletableFuture<T>> doing) {
        return undertakings().lanes().inTurn(request.sessionId(), doing);
    }

    private CompletableFuture<OperationResult> read(IMSessionRequest request) {
        return switch (request.operation()) {
            case LIST_SESSIONS -> answered(request, gws.sessions().thenApply(OperationResult.Sessions::new));
            case LIST_DEVICES -> answered(request, gws.devices().thenApply(OperationResult.Devices::new));
            default -> answered(request, gws.session(request.sessionId()).thenApply(OperationResult.Session::new));
        };
    }

    private CompletableFuture<OperationResult> answered(IMSessionRequest request,
                                                        CompletableFuture<? extends OperationResult> answer) {
        return answer.handle((result, failure) -> {
            if (failure != null) {
                throw explain(request, failure);
            }
            return result;
        });
    }

    private CompletableFuture<AgentFeed> joined(IMSessionRequest request, CompletableFuture<AgentFeed> feed) {
        return feed.handle((its, failure) -> {
            if (failure != null) {
                throw OperationException.unsent(request, gws.agent(), "the notification of it could not be received: "
                        + (failure.getMessage() == null ? "the producer is stopped" : failure.getMessage()));
            }
            return its;
        });
    }

    /** A feed that reconnects has its session still, so what happens now will come. */
    private CompletableFuture<Void> live(IMSessionRequest request, AgentFeed feed, Duration patience) {
        FeedState state = feed.status().state();
        if (state == FeedState.LIVE || state == FeedState.RECONNECTING) {
            return CompletableFuture.completedFuture(null);
        }
        return feed.start().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(failure -> {
            FeedStatus now = feed.status();
            throw OperationException.unsent(request, gws.agent(), "the notification of it could not be received, for"
                    + " the feed is not live: " + now.sentence(Instant.now()));
        });
    }

    private CompletableFuture<GwsAnswer> send(Ready ready, Map<String, String> traceContext) {
        boolean text = ready.request() instanceof IMSessionRequest.SendMessage;
        if (!text && traceContext.isEmpty()) {
            return post(ready.request());
        }
        // its text will come back, and is to be known as ours
        Expectations those = text ? undertakings().expectations() : traced();
        Expectation echo = those.expect(ready.request(), ready.known(), traceContext);
        return post(ready.request()).whenComplete((answer, failure) -> {
            those.age(echo);
            withdrawIfRefused(those, echo, failure);
        });
    }

    private synchronized Expectations traced() {
        if (traced == null) {
            traced = new Expectations(runtime.nanoTime(), sessions);
        }
        return traced;
    }

    private Undertakings undertakings() {
        Undertakings own = undertakings;
        return own == null ? begin() : own;
    }

    private synchronized Undertakings begin() {
        if (undertakings == null) {
            undertakings = Undertakings.begin(runtime, sessions);
        }
        return undertakings;
    }

    private AwaitedOperation waitFor(Ready ready, AgentFeed feed, Duration patience,
                                     Map<String, String> traceContext) {
        Undertakings own = undertakings();
        Expectations expectations = own.expectations();
        Expectation expectation = expectations.expect(ready.request(), ready.known(), traceContext);
        AwaitedOperation wait = new AwaitedOperation(ready.request(), gws.agent(), expectation, patience);
        own.waits().add(wait);
        own.urge().begin(feed);
        wait.result().whenComplete((result, failure) -> {
            own.waits().remove(wait);
            own.urge().end();
            expectations.letGo(expectation);
        });
        wait.begin(runtime.scheduler());
        return wait;
    }

    private CompletableFuture<GwsAnswer> send(IMSessionRequest request, AwaitedOperation wait) {
        return post(request).whenComplete((answer, failure) -> {
            if (failure == null) {
                wait.accepted(answer);
            } else {
                wait.failed(explain(request, failure));
                withdrawIfRefused(undertakings().expectations(), wait.expectation(), failure);
            }
        });
    }

    private static void withdrawIfRefused(Expectations those, Expectation expectation, Throwable failure) {
        if (failure != null && OperationException.in(failure).filter(each -> !each.failure().open())
                .isPresent()) {
            those.withdraw(expectation);
        }
    }

    private CompletableFuture<GwsAnswer> post(IMSessionRequest request) {
        return gws.post(RequestBody.path(request), RequestBody.members(request)).handle((answer, failure) -> {
            if (failure != null) {
                OperationException explained = explain(request, failure);
                if (!explained.failure().open()) {
                    lookup.forgetDevice();
                }
                throw explained;
            }
            if (answer.status() != GwsStatus.OK) {
                throw OperationException.open(request, gws.agent(), answer.httpStatus(), answer.status(),
                        "GWS says statusCode " + answer.status().code() + ", " + answer.status().meaning());
            }
            return answer;
        });
    }

    private OperationException explain(IMSessionRequest request, Throwable failure) {
        return OperationException.in(failure).orElseGet(() -> {
            Throwable cause = FutureFailure.of(failure);
            return cause instanceof IllegalArgumentException
                    ? OperationException.refused(request, gws.agent(), GwsStatus.INVALID_INPUT, cause.getMessage())
                    : OperationException.of(request, gws.agent(), gws.explain(cause));
        });
    }
}
