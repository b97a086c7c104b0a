package org.imsession.camel.monitor;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.imsession.camel.recovery.UndeliveredEvents;

/**
 * What the error handlers of a context do with the events of ours while their exchange has not ended: they try
 * again, perhaps for ever, or give them up. An exchange carries its attempt in a property, and so do the copies that
 * are made of it, such as for a recipient list.
 */
public final class RouteRetries extends EventNotifierSupport {

    /** The property of an exchange with its attempt. */
    private static final String ATTEMPT = "CamelIMSessionAttempt";

    private RouteRetries() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    /** Listens in a context from now on, once. */
    public static void listen(CamelContext context) {
        synchronized (RouteRetries.class) {
            if (context.getCamelContextExtension().getContextPlugin(RouteRetries.class) == null) {
                RouteRetries retries = new RouteRetries();
                context.getCamelContextExtension().addContextPlugin(RouteRetries.class, retries);
                context.getManagementStrategy().addEventNotifier(retries);
            }
        }
    }

    /** The exchange is that of an attempt. */
    public static void follow(Exchange exchange, UndeliveredEvents.Attempt attempt) {
        exchange.setProperty(ATTEMPT, attempt);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeRedeliveryEvent retry) {
            attempt(retry.getExchange()).ifPresent(each -> each.retried(caught(retry.getExchange())));
        } else if (event instanceof ExchangeFailureHandledEvent handled
                && handled.getExchange().getException() == null) {
            attempt(handled.getExchange()).ifPresent(each -> each.givenUp(caught(handled.getExchange())));
        }
    }

    private static Optional<UndeliveredEvents.Attempt> attempt(Exchange exchange) {
        return exchange.getProperty(ATTEMPT) instanceof UndeliveredEvents.Attempt attempt ? Optional.of(attempt)
                : Optional.empty();
    }

    private static Throwable caught(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    /** Whether an error handler of Camel's has logged the failure of an exchange, as they do by default. */
    public static boolean haveLogged(Exchange exchange) {
        String failed = exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class);
        if (failed == null) {
            return false; // no error handler has seen it
        }
        CamelContext context = exchange.getContext();
        Route route = context.getRoute(failed);
        BeanIntrospection beans = PluginHelper.getBeanIntrospection(context);
        Object policy = route == null || route.getErrorHandlerFactory() == null ? null
                : beans.getOrElseProperty(route.getErrorHandlerFactory(), "redeliveryPolicy", null, false);
        Object log = policy == null ? null : beans.getOrElseProperty(policy, "logExhausted", null, false);
        return log == null || !"false".equals(context.resolvePropertyPlaceholders(log.toString()));
    }
}
