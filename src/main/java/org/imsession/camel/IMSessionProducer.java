package org.imsession.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultAsyncProducer;
import org.imsession.camel.event.Heard;
import org.imsession.camel.feed.AgentFeed;
import org.imsession.camel.fleet.SharedFeed;
import org.imsession.camel.fleet.SharedLogin;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.operation.OperationException;
import org.imsession.camel.operation.OperationResult;
import org.imsession.camel.text.Refusal;
import org.imsession.camel.text.SafeFileName;
import org.imsession.camel.threads.FutureFailure;

/**
 * Performs operations with the login that the agent's consumers in this component have, or with one of its own. No
 * thread waits: an exchange goes on when the server has answered, or told what has happened, on a thread of Camel's.
 */
@ManagedResource(description = "Managed IM session producer")
public class IMSessionProducer extends DefaultAsyncProducer {

    private final RequestReader requests;
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String lastFailure = "";
    private volatile SharedLogin login;
    private CompletableFuture<AgentFeed> feed;
    private SharedFeed joined;

    public IMSessionProducer(IMSessionEndpoint endpoint) {
        super(endpoint);
        this.requests = new RequestReader(endpoint.getConfiguration());
    }

    @Override
    public IMSessionEndpoint getEndpoint() {
        return (IMSessionEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        try {
            check(getEndpoint().getConfiguration());
        } catch (RuntimeException e) {
            throw Refusal.of(e);
        }
    }

    private void check(IMSessionConfiguration options) {
        getEndpoint().checkOperation(); // it may have been set behind the address
        if (options.getWaitTimeout() < 1) {
            throw new IllegalArgumentException("waitTimeout is " + options.getWaitTimeout()
                    + " ms, it must be at least 1");
        }
        getEndpoint().connection();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        try {
            login = getEndpoint().getComponent().fleet().login(getEndpoint().connection());
        } catch (RuntimeException e) {
            throw Refusal.of(e);
        }
        getEndpoint().getComponent().unchecked(this, getEndpoint());
        login.join();
    }

    /**
     * The feed, as a consumer of the agent wants it if there is one: so it is joined when it is needed, and not before
     * all routes have started, for Camel starts producers in front of consumers.
     */
    private CompletableFuture<AgentFeed> feed() {
        CompletableFuture<AgentFeed> joining;
        synchronized (this) {
            if (feed != null) {
                return feed;
            }
            joining = new CompletableFuture<>();
            feed = joining;
        }
        try {
            getEndpoint().getCamelContext().addStartupListener((context, alreadyStarted) -> join(joining));
        } catch (Exception e) {
            joining.completeExceptionally(e);
        }
        return joining;
    }

    private void join(CompletableFuture<AgentFeed> joining) {
        try {
            SharedFeed found = getEndpoint().getComponent().fleet().anyFeed(getEndpoint().connection());
            synchronized (this) {
                if (feed != joining) {
                    return; // stopped meanwhile
                }
                found.join();
                joined = found;
            }
            joining.complete(found.feed());
        } catch (RuntimeException e) {
            synchronized (this) {
                feed = null;
            }
            joining.completeExceptionally(e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        SharedFeed left;
        synchronized (this) {
            if (feed != null) {
                feed.cancel(false);
            }
            left = joined;
            joined = null;
            feed = null;
        }
        if (left != null) {
            leave(left);
        }
        if (login != null) {
            login.leave();
            login = null;
        }
        getEndpoint().getComponent().checked(this);
        super.doStop();
    }

    private void leave(SharedFeed left) throws Exception {
        Duration patience = Duration.ofMillis(getEndpoint().getConfiguration().getStopTimeout());
        CompletableFuture<Void> stopped = left.leave(patience);
        if (getEndpoint().getComponent().isRunAllowed()) { // a template's producer is stopped behind the component
            try {
                stopped.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // the feed goes on to stop by itself
            }
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<OperationResult> result;
        operations.incrementAndGet();
        try {
            result = perform(requests.read(exchange.getMessage()), traceContext(exchange));
        } catch (RuntimeException e) {
            note(e);
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        // futures end on threads of the HTTP client and of the feed, which must not run a route
        result.whenComplete((done, failure) -> getEndpoint().getComponent().threads().continuations().execute(() -> {
            if (failure == null) {
                fill(exchange.getMessage(), done);
            } else {
                Throwable explained = explain(failure);
                note(explained);
                exchange.setException(explained);
            }
            callback.done(false);
        }));
        return false;
    }

    /** Our messages hold no secret and nothing that was said; of others only the kind is shown. */
    private void note(Throwable failure) {
        failed.incrementAndGet();
        lastFailure = Instant.now() + " " + (failure instanceof IMSessionOperationException
                ? failure.getMessage() : failure.getClass().getName());
    }

    @ManagedAttribute(description = "Operations asked for")
    public long getOperations() {
        return operations.get();
    }

    @ManagedAttribute(description = "Operations that failed, or of which nobody knows whether they were done")
    public long getFailedOperations() {
        return failed.get();
    }

    @ManagedAttribute(description = "When and why an operation failed last, empty if none did")
    public String getLastFailure() {
        return lastFailure;
    }

    /** As IMSessionSpanDecorator has left it, where somebody traces. */
    private static Map<String, String> traceContext(Exchange exchange) {
        Map<?, ?> left = exchange.getProperty(Heard.TRACE_CONTEXT, Map.class);
        return left == null || left.isEmpty() ? Map.of()
                : left.entrySet().stream().collect(Collectors.toUnmodifiableMap(each -> String.valueOf(each.getKey()),
                        each -> String.valueOf(each.getValue())));
    }

    private CompletableFuture<OperationResult> perform(IMSessionRequest request, Map<String, String> traceContext) {
        SharedLogin current = login;
        if (current == null) {
            throw new IllegalStateException("The producer of agent " + getEndpoint().getAgent() + " is stopped");
        }
        if (!getEndpoint().getConfiguration().isWaitForEvent() || request.operation().isRead()) {
            return current.operations().perform(request, traceContext);
        }
        return current.operations().performAndWait(request, feed(),
                Duration.ofMillis(getEndpoint().getConfiguration().getWaitTimeout()), traceContext);
    }

    private static Throwable explain(Throwable failure) {
        return OperationException.in(failure).<Throwable>map(IMSessionOperationException::new)
                .orElseGet(() -> FutureFailure.of(failure));
    }

    /** What is only accepted has no result: the body stays. */
    private void fill(Message message, OperationResult result) {
        message.setHeader(IMSessionConstants.AGENT, getEndpoint().getAgent());
        message.setHeader(IMSessionConstants.AGENT_FILE_NAME, SafeFileName.ofAgent(getEndpoint().getAgent()));
        if (result instanceof OperationResult.Accepted accepted) {
            if (!accepted.sessionId().isEmpty()) {
                message.setHeader(IMSessionConstants.ID, accepted.sessionId());
            }
        } else if (result instanceof OperationResult.Happened happened) {
            message.getHeaders().putAll(ExchangeFiller.describe(happened.notification()));
            message.setBody(happened.notification());
        } else if (result instanceof OperationResult.Sessions list) {
            message.setBody(list.sessions());
        } else if (result instanceof OperationResult.Session one) {
            message.setHeader(IMSessionConstants.ID, one.session().id());
            message.setBody(one.session());
        } else if (result instanceof OperationResult.Devices list) {
            message.setBody(list.devices());
        }
    }
}
