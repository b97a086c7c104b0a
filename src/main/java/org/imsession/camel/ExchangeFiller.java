package org.imsession.camel;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.UnknownMessage;
import org.imsession.camel.text.SafeFileName;

/**
 * Writes an event into an exchange: fixed fields into fixed headers. No name that came from the server ever becomes the
 * name of a header, so user data can command nothing.
 */
final class ExchangeFiller {

    private final IMSessionConfiguration options;
    private final Supplier<String> address;
    private final IMSessionJson json = new IMSessionJson();
    private volatile String serverUrl;

    /**
     * @param options which messages are wanted, and as what
     * @param address of the server
     */
    ExchangeFiller(IMSessionConfiguration options, Supplier<String> address) {
        this.options = options;
        this.address = address;
    }

    /**
     * Whether the endpoint asks for such notifications. One that breaks the format is not dropped for want of a type:
     * it is what is asked for unless it says that it is of the other type.
     */
    boolean wants(IMSessionNotification notification) {
        return switch (options.getMessageTypes()) {
            case all -> true;
            case stateChange -> notification instanceof IMSessionStateChangeMessage || notification instanceof FeedGap
                    || isBroken(notification, IMLogUpdateMessage.MESSAGE_TYPE);
            case logUpdate -> notification instanceof IMLogUpdateMessage || notification instanceof FeedGap
                    || isBroken(notification, IMSessionStateChangeMessage.MESSAGE_TYPE);
        };
    }

    private static boolean isBroken(IMSessionNotification notification, String otherType) {
        return notification instanceof UnknownMessage unknown && !unknown.reason().isEmpty()
                && !unknown.messageType().equals(otherType);
    }

    /** @param gap a gap to tell of, {@code null} if there is none */
    void fill(Exchange exchange, FeedEvent event, FeedGap gap) {
        IMSessionNotification notification = event.notification();
        Message message = new EventMessage(exchange, event, gap);
        message.setBody(switch (options.getBodyType()) {
            case typed -> notification;
            case json -> notification.raw().isEmpty() ? json.write(notification) : notification.raw();
            case map -> json.toMap(notification);
        });
        exchange.setIn(message);
        if (!event.heard().traceContext().isEmpty()) {
            exchange.setProperty(Heard.TRACE_CONTEXT, event.heard().traceContext());
        }
    }

    /** Its headers are made when somebody reads or sets one: a route that looks at the body alone needs none. */
    private final class EventMessage extends DefaultMessage {

        private final FeedEvent event;
        private final FeedGap gap;

        EventMessage(Exchange exchange, FeedEvent event, FeedGap gap) {
            super(exchange);
            this.event = event;
            this.gap = gap;
        }

        @Override
        protected boolean isPopulateHeadersSupported() {
            return true;
        }

        @Override
        protected void populateInitialHeaders(Map<String, Object> map) {
            map.putAll(headers(event, gap));
        }
    }

    private EventHeaders headers(FeedEvent event, FeedGap gap) {
        IMSessionNotification notification = event.notification();
        EventHeaders headers = describe(notification);
        whose(headers, event.agent());
        headers.set(IMSessionConstants.ORIGIN, event.origin().seen(options.isReplay()).label());
        headers.set(IMSessionConstants.SEQUENCE, event.sequence());
        if (event.number().known()) {
            headers.set(IMSessionConstants.BAYEUX_SESSION, event.number().bayeuxSession());
            headers.set(IMSessionConstants.NUMBER, event.number().number());
        }
        if (event.number().filtered() > 0) {
            headers.set(IMSessionConstants.FILTERED, event.number().filtered());
        }
        headers.set(IMSessionConstants.REDELIVERED, event.redelivered());
        headers.set(IMSessionConstants.DELIVERY_GUARANTEE, event.guarantee().label());
        headers.set(IMSessionConstants.MESSAGE_TIMESTAMP, event.receivedAt().toEpochMilli());
        event.tracked().previousState().ifPresent(state ->
                headers.set(IMSessionConstants.PREVIOUS_STATE, state.name()));
        headers.setUnlessEmpty(IMSessionConstants.ANOMALY, event.tracked().anomaly());
        if (notification instanceof IMLogUpdateMessage) {
            headers.set(IMSessionConstants.DIRECTION, event.direction().label());
        }
        if (gap != null) {
            headers.set(IMSessionConstants.GAP, json.write(gap));
        }
        return headers;
    }

    /** The headers of an exchange that says something of an agent, without an event. */
    void fill(Exchange exchange, String agent) {
        EventHeaders headers = new EventHeaders();
        whose(headers, agent);
        exchange.getIn().setHeaders(headers);
    }

    private void whose(EventHeaders headers, String agent) {
        headers.set(IMSessionConstants.AGENT, agent);
        headers.set(IMSessionConstants.AGENT_FILE_NAME, SafeFileName.ofAgent(agent));
        headers.set(IMSessionConstants.SERVER_URL, serverUrl());
    }

    /** Asked once: to parse the address for each exchange cost a fifth of all that an exchange costs. */
    private String serverUrl() {
        if (serverUrl == null) {
            serverUrl = address.get();
        }
        return serverUrl;
    }

    /** The headers that say what the notification itself says. */
    static EventHeaders describe(IMSessionNotification notification) {
        EventHeaders headers = new EventHeaders();
        headers.set(IMSessionConstants.MESSAGE_TYPE, notification.messageType());
        if (!notification.sessionId().isEmpty()) {
            headers.set(IMSessionConstants.ID, notification.sessionId());
            headers.set(IMSessionConstants.FILE_NAME, SafeFileName.of(notification.sessionId()));
        }
        if (notification instanceof IMSessionStateChangeMessage change) {
            headers.setUnlessEmpty(IMSessionConstants.NOTIFICATION_TYPE, change.notificationTypeText());
            headers.setUnlessEmpty(IMSessionConstants.PATH, change.imSession().path());
            headers.set(IMSessionConstants.STATE, change.state().name());
            headers.set(IMSessionConstants.IDENTITY_MISMATCH, change.imSession().identityMismatch());
        } else if (notification instanceof IMLogUpdateMessage text) {
            headers.setUnlessEmpty(IMSessionConstants.NOTIFICATION_TYPE, text.notificationTypeText());
            headers.setUnlessEmpty(IMSessionConstants.PATH, text.imSessionPath());
        } else if (notification instanceof UnknownMessage unknown) {
            headers.setUnlessEmpty(IMSessionConstants.INVALID_REASON, unknown.reason());
        }
        return headers;
    }
}
