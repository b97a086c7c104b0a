package org.imsession.camel;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.feed.FeedSubscriber;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.camel.monitor.RouteRetries;
import org.imsession.camel.recovery.UndeliveredEvents;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;
import org.imsession.camel.threads.LogContext;

/**
 * Turns the events of feeds into exchanges of one route. An event has ended when its exchange has: completed, or failed
 * and gone through the error handler of the route. Safe for use by several threads, as several agents are.
 */
final class RouteSubscriber implements FeedSubscriber {

    private final DefaultConsumer consumer;
    private final IMSessionConfiguration options;
    private final ExchangeFiller filler;
    /** Camel's own, which would log each failure with its stack, although {@link #undelivered} tells of it. */
    private final ExceptionHandler logging;
    private final UndeliveredEvents undelivered;
    /** By agent, what the next exchange of the agent is to tell in a header. */
    private final Map<String, FeedGap> untold = new ConcurrentHashMap<>();
    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong redelivered = new AtomicLong();
    private final AtomicLong parkings = new AtomicLong();

    /**
     * @param consumer whose route it is; makes and releases the exchanges
     * @param options  which events are wanted, and what becomes of those that fail
     * @param filler   writes an event into an exchange
     */
    RouteSubscriber(DefaultConsumer consumer, IMSessionConfiguration options, ExchangeFiller filler) {
        this.consumer = consumer;
        this.options = options;
        this.filler = filler;
        this.logging = consumer.getExceptionHandler();
        this.undelivered = new UndeliveredEvents(consumer::getRouteId, Duration.ofMillis(options.getUndeliveredLimit()),
                System::nanoTime, Clock.systemUTC());
    }

    /** What the route has been given and has not taken. */
    UndeliveredEvents undelivered() {
        return undelivered;
    }

    long exchanges() {
        return exchanges.get();
    }

    long failed() {
        return failed.get();
    }

    long redelivered() {
        return redelivered.get();
    }

    long parkings() {
        return parkings.get();
    }

    @Override
    public String name() {
        return "route " + consumer.getRouteId();
    }

    @Override
    public void deliver(FeedEvent event, Done done) {
        try (LogContext about = about(event)) {
            give(event, done);
        }
    }

    /** Where Camel's MDC logging is on. */
    private LogContext about(FeedEvent event) {
        return LogContext.of(Boolean.TRUE.equals(consumer.getEndpoint().getCamelContext().isUseMDCLogging()),
                event.agent(), event.notification().sessionId());
    }

    private void give(FeedEvent event, Done done) {
        if (!consumer.isRunAllowed()) {
            done.abandoned();
        } else if (event.notification() instanceof FeedGap gap
                && options.getGaps() != IMSessionConfiguration.Gaps.exchange) {
            tellLater(gap);
            done.ended();
        } else if (!filler.wants(event.notification())) {
            done.ended();
        } else if (isInvalid(event)) {
            refuse(event);
            done.ended();
        } else {
            process(event, done);
        }
    }

    /** With one that has not been told it becomes one that covers both. */
    private void tellLater(FeedGap gap) {
        untold.merge(gap.agent(), gap, FeedGap::joined);
    }

    private boolean isInvalid(FeedEvent event) {
        return event.notification() instanceof UnknownMessage unknown && !unknown.reason().isEmpty()
                && options.getInvalidMessages() == IMSessionConfiguration.InvalidMessages.exceptionHandler;
    }

    private void refuse(FeedEvent event) {
        UnknownMessage unknown = (UnknownMessage) event.notification();
        tell("Invalid message", new IMSessionInvalidMessageException(event.agent(), unknown.reason(), unknown.raw()),
                exchange -> filler.fill(exchange, event, null));
    }

    /** To the exception handler, or with bridgeErrorHandler that of the route, with an exchange that says of whom. */
    private void tell(String what, Exception failure, Consumer<Exchange> content) {
        Exchange exchange = consumer.createExchange(false);
        try {
            content.accept(exchange);
            consumer.getExceptionHandler().handleException(what, exchange, failure);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private void process(FeedEvent event, Done done) {
        Exchange exchange = consumer.createExchange(false);
        exchanges.incrementAndGet();
        if (event.redelivered()) {
            redelivered.incrementAndGet();
        }
        Optional<FeedGap> gap = Optional.ofNullable(untold.isEmpty() ? null : untold.remove(event.agent()))
                .filter(each -> options.getGaps() == IMSessionConfiguration.Gaps.header);
        UndeliveredEvents.Attempt attempt = undelivered.given(event.agent(),
                event.notification().messageType(), event.sequence());
        AtomicBoolean over = new AtomicBoolean();
        AsyncCallback end = doneSync -> {
            if (over.compareAndSet(false, true)) { // the exchange may be another event's after its first end
                end(exchange, event, attempt, gap, done);
            }
        };
        try {
            filler.fill(exchange, event, gap.orElse(null));
            RouteRetries.follow(exchange, attempt);
            consumer.getAsyncProcessor().process(exchange, end);
        } catch (RuntimeException | Error e) { // Camel lets errors of the JVM through
            if (over.get()) {
                throw e;
            }
            exchange.setException(e);
            end.done(true);
        }
    }

    private void end(Exchange exchange, FeedEvent event, UndeliveredEvents.Attempt attempt, Optional<FeedGap> gap,
                     Done done) {
        boolean failure = exchange.isFailed();
        try (LogContext about = about(event)) { // closed before the next event begins, perhaps on this thread
            tell(exchange, attempt);
            if (exchange.getException() != null) {
                failed.incrementAndGet();
                if (!isTold()) {
                    consumer.getExceptionHandler().handleException("Error processing an event of agent "
                            + event.agent(), exchange, exchange.getException());
                }
            }
        } finally { // whatever the handler does, the next event must come
            consumer.releaseExchange(exchange, false);
            if (failure && comesAgain()) {
                gap.ifPresent(this::tellLater);
            }
            finish(failure, done);
        }
    }

    private void tell(Exchange exchange, UndeliveredEvents.Attempt attempt) {
        if (!exchange.isFailed()) {
            attempt.ended();
        } else if (!consumer.isRunAllowed()) {
            attempt.abandoned(); // it failed because the route is being stopped
        } else {
            boolean stack = isTold() && !RouteRetries.haveLogged(exchange);
            if (options.isAckFailed()) {
                attempt.lost(exchange.getException(), stack);
            } else {
                attempt.failed(exchange.getException(), stack);
            }
        }
    }

    /** Whether nobody has asked to hear of failures by a handler of his own. */
    private boolean isTold() {
        return consumer.getExceptionHandler() == logging;
    }

    private boolean comesAgain() {
        return !consumer.isRunAllowed() || !options.isAckFailed();
    }

    private void finish(boolean failure, Done done) {
        if (failure && !consumer.isRunAllowed()) {
            done.abandoned(); // it failed because the route is being stopped
        } else if (failure && !options.isAckFailed()) {
            done.failed();
        } else {
            done.ended();
        }
    }

    @Override
    public void left(String agent) {
        undelivered.forget(agent);
    }

    @Override
    public void changed(FeedStatus status) {
        if (status.state() == FeedState.PARKED) {
            parkings.incrementAndGet();
        }
        // the log has said it already, and a stack trace says nothing of a state that was to be expected
        if (status.state() == FeedState.PARKED
                && !(consumer.getExceptionHandler() instanceof LoggingExceptionHandler)) {
            tell("Agent " + status.agent() + " is parked", new IMSessionParkedException(status),
                    exchange -> filler.fill(exchange, status.agent()));
        }
    }
}
