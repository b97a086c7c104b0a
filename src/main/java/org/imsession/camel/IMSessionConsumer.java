package org.imsession.camel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.DefaultConsumer;
import org.imsession.camel.feed.Delivery;
import org.imsession.camel.feed.FeedEvent;
import org.imsession.camel.feed.FeedState;
import org.imsession.camel.feed.FeedStatus;
import org.imsession.camel.feed.FeedSubscriber;
import org.imsession.camel.fleet.SharedFeed;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.UnknownMessage;

/**
 * Turns the events of an agent's feed into exchanges, one at a time and in order. An event has ended when its exchange
 * has: completed, or failed and gone through the error handler of the route. The feed itself runs in the background:
 * starting does not wait for the network unless {@code testConnectionOnStartup} says so.
 */
@ManagedResource(description = "Managed IM session consumer")
public class IMSessionConsumer extends DefaultConsumer implements FeedSubscriber, Suspendable, ShutdownAware {

    private final ExchangeFiller filler;
    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile SharedFeed shared;
    private volatile Delivery delivery;
    /** A gap to be told with the next exchange. */
    private volatile FeedGap gap;

    public IMSessionConsumer(IMSessionEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.filler = new ExchangeFiller(endpoint);
    }

    @Override
    public IMSessionEndpoint getEndpoint() {
        return (IMSessionEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getEndpoint().connection(); // bad options are told before anything starts
        if (getHealthCheck() == null && getEndpoint().getComponent().isHealthCheckConsumerEnabled()) {
            setHealthCheck(new IMSessionConsumerHealthCheck(this));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        StateRepository<String, String> repository = getEndpoint().getConfiguration().getStateRepository();
        if (repository != null) {
            getEndpoint().getCamelContext().addService(repository, true, true);
        }
        SharedFeed wanted = getEndpoint().getComponent().fleet().feed(getEndpoint().connection());
        wanted.feed().checkStore(); // a repository that cannot be used is told now
        shared = wanted; // not before: what failed to start is stopped, and must not leave what it never joined
        delivery = shared.feed().subscribe(this);
        CompletableFuture<Void> live = shared.join();
        if (getEndpoint().getConfiguration().isTestConnectionOnStartup()) {
            await(live);
        }
    }

    /** Login, handshake and subscription are three requests, and the first needs a connection. */
    private void await(CompletableFuture<Void> live) throws Exception {
        IMSessionConfiguration c = getEndpoint().getConfiguration();
        try {
            live.get(c.getConnectTimeout() + 3 * c.getRequestTimeout(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("Agent " + getEndpoint().getAgent() + " is not subscribed in time: "
                    + shared.feed().status(), e);
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        delivery.suspend();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        delivery.resume();
    }

    @Override
    protected void doStop() throws Exception {
        if (delivery != null) {
            delivery.close();
            delivery = null;
        }
        if (shared != null) {
            Duration patience = Duration.ofMillis(getEndpoint().getConfiguration().getStopTimeout());
            try {
                shared.leave(patience).get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // the feed goes on to stop by itself
            } finally {
                shared = null;
            }
        }
        super.doStop();
    }

    @Override
    public void deliver(FeedEvent event, Done done) {
        if (!isRunAllowed()) {
            done.abandoned();
        } else if (event.notification() instanceof FeedGap told && gaps() != IMSessionConfiguration.Gaps.exchange) {
            gap = told;
            done.ended();
        } else if (!filler.wants(event.notification())) {
            done.ended();
        } else if (isInvalid(event)) {
            UnknownMessage unknown = (UnknownMessage) event.notification();
            getExceptionHandler().handleException("Invalid message",
                    new InvalidMessageException(event.agent(), unknown.reason(), unknown.raw()));
            done.ended();
        } else {
            process(event, done);
        }
    }

    private IMSessionConfiguration.Gaps gaps() {
        return getEndpoint().getConfiguration().getGaps();
    }

    private boolean isInvalid(FeedEvent event) {
        return event.notification() instanceof UnknownMessage unknown && !unknown.reason().isEmpty()
                && getEndpoint().getConfiguration().getInvalidMessages()
                == IMSessionConfiguration.InvalidMessages.exceptionHandler;
    }

    private void process(FeedEvent event, Done done) {
        Exchange exchange = createExchange(false);
        exchanges.incrementAndGet();
        try {
            filler.fill(exchange, event);
            if (gap != null && gaps() == IMSessionConfiguration.Gaps.header) {
                exchange.getIn().setHeader(IMSessionConstants.GAP, gap);
                gap = null;
            }
            getAsyncProcessor().process(exchange, doneSync -> end(exchange, event, done));
        } catch (RuntimeException | Error e) { // Camel lets errors of the JVM through
            exchange.setException(e);
            end(exchange, event, done);
        }
    }

    private void end(Exchange exchange, FeedEvent event, Done done) {
        boolean failure = exchange.isFailed();
        try {
            if (exchange.getException() != null) {
                failed.incrementAndGet();
                getExceptionHandler().handleException("Error processing an event of agent " + event.agent(), exchange,
                        exchange.getException());
            }
        } finally { // whatever the handler does, the next event must come
            releaseExchange(exchange, false);
            finish(failure, done);
        }
    }

    private void finish(boolean failure, Done done) {
        if (failure && !isRunAllowed()) {
            done.abandoned(); // it failed because the route is being stopped
        } else if (failure && !getEndpoint().getConfiguration().isAckFailed()) {
            done.failed();
        } else {
            done.ended();
        }
    }

    @Override
    public void changed(FeedStatus status) {
        if (status.state() == FeedState.PARKED) {
            getExceptionHandler().handleException(new IMSessionParkedException(status));
        }
    }

    @Override
    public String name() {
        return "route " + getRouteId();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        Delivery current = delivery;
        return current == null ? 0 : current.pending();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // what has been received is delivered first: see getPendingExchangesSize
    }

    /** How the feed is doing; {@code null} while the consumer is stopped. */
    FeedStatus status() {
        SharedFeed current = shared;
        return current == null ? null : current.feed().status();
    }

    @ManagedAttribute(description = "State of the feed: LIVE if events flow")
    public String getFeedState() {
        FeedStatus status = status();
        return status == null ? FeedState.STOPPED.name() : status.state().name();
    }

    @ManagedAttribute(description = "Since when the feed has been in that state, and why")
    public String getFeedReason() {
        FeedStatus status = status();
        return status == null ? "stopped" : "since " + status.since() + ": " + status.reason();
    }

    @ManagedAttribute(description = "What the current session promises: at-least-once or at-most-once")
    public String getDeliveryGuarantee() {
        FeedStatus status = status();
        return status == null ? "none" : status.guarantee().label();
    }

    @ManagedAttribute(description = "When the last event was received, empty if none was")
    public String getLastEvent() {
        FeedStatus status = status();
        return status == null || status.lastEventAt().isEmpty() ? "" : status.lastEvent().toString();
    }

    @ManagedAttribute(description = "Attempts that failed since the feed was last live and stable")
    public int getAttempts() {
        FeedStatus status = status();
        return status == null ? 0 : status.attempts();
    }

    @ManagedAttribute(description = "Events received and not ended")
    public int getPendingEvents() {
        FeedStatus status = status();
        return status == null ? 0 : status.pending();
    }

    @ManagedAttribute(description = "Whether the sessions could be read since the last subscription")
    public boolean isResynchronised() {
        FeedStatus status = status();
        return status != null && status.live() && !status.unrepaired();
    }

    @ManagedAttribute(description = "Gaps reported")
    public long getGaps() {
        FeedStatus status = status();
        return status == null ? 0 : status.gaps();
    }

    @ManagedAttribute(description = "Whether another process could go on with the current session")
    public boolean isResumable() {
        FeedStatus status = status();
        return status != null && status.resumable();
    }

    @ManagedAttribute(description = "Exchanges made")
    public long getExchanges() {
        return exchanges.get();
    }

    @ManagedAttribute(description = "Exchanges that failed")
    public long getFailedExchanges() {
        return failed.get();
    }

    @ManagedOperation(description = "Try again at once, if the feed is parked or backing off")
    public void retryNow() {
        SharedFeed current = shared;
        if (current != null) {
            current.feed().retryNow();
        }
    }
}
