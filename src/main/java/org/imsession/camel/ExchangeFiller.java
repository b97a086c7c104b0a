package org.imsession.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.imsession.camel.feed.FeedEvent;
import org.imsession.camel.json.IMSessionJson;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.SafeFileName;
import org.imsession.camel.model.UnknownMessage;

/**
 * Writes an event into an exchange: fixed fields into fixed headers. No name that came from the server ever becomes the
 * name of a header, so user data can command nothing.
 */
final class ExchangeFiller {

    private final IMSessionEndpoint endpoint;
    private final IMSessionJson json = new IMSessionJson();
    private volatile String serverUrl;

    ExchangeFiller(IMSessionEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Whether the endpoint asks for such notifications. One that breaks the format is not dropped for want of a type:
     * it is what is asked for unless it says that it is of the other type.
     */
    boolean wants(IMSessionNotification notification) {
        return switch (endpoint.getConfiguration().getMessageTypes()) {
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

    void fill(Exchange exchange, FeedEvent event) {
        Message message = exchange.getIn();
        IMSessionNotification notification = event.notification();
        describe(message, notification);
        message.setHeader(IMSessionConstants.AGENT, event.agent());
        message.setHeader(IMSessionConstants.SERVER_URL, serverUrl());
        message.setHeader(IMSessionConstants.ORIGIN, event.origin().label());
        message.setHeader(IMSessionConstants.SEQUENCE, event.sequence());
        message.setHeader(IMSessionConstants.REDELIVERED, event.redelivered());
        message.setHeader(IMSessionConstants.DELIVERY_GUARANTEE, event.guarantee().label());
        message.setHeader(IMSessionConstants.MESSAGE_TIMESTAMP, event.receivedAt().toEpochMilli());
        event.tracked().previousState().ifPresent(state ->
                message.setHeader(IMSessionConstants.PREVIOUS_STATE, state));
        setUnlessEmpty(message, IMSessionConstants.ANOMALY, event.tracked().anomaly());
        if (notification instanceof IMLogUpdateMessage) {
            message.setHeader(IMSessionConstants.DIRECTION, event.direction().label());
        }
        message.setBody(switch (endpoint.getConfiguration().getBodyType()) {
            case typed -> notification;
            case json -> notification.raw().isEmpty() ? json.write(notification) : notification.raw();
            case map -> json.toMap(notification);
        });
    }

    /** Asked once: to parse the address for each exchange cost a fifth of all that an exchange costs. */
    private String serverUrl() {
        if (serverUrl == null) {
            serverUrl = endpoint.getServiceUrl();
        }
        return serverUrl;
    }

    /** Sets the headers that say what the notification itself says. */
    static void describe(Message message, IMSessionNotification notification) {
        message.setHeader(IMSessionConstants.MESSAGE_TYPE, notification.messageType());
        if (!notification.sessionId().isEmpty()) {
            message.setHeader(IMSessionConstants.ID, notification.sessionId());
            message.setHeader(IMSessionConstants.FILE_NAME, SafeFileName.of(notification.sessionId()));
        }
        if (notification instanceof IMSessionStateChangeMessage change) {
            setUnlessEmpty(message, IMSessionConstants.NOTIFICATION_TYPE, change.notificationTypeText());
            setUnlessEmpty(message, IMSessionConstants.PATH, change.imSession().path());
            message.setHeader(IMSessionConstants.STATE, change.state());
            message.setHeader(IMSessionConstants.IDENTITY_MISMATCH, change.imSession().identityMismatch());
        } else if (notification instanceof IMLogUpdateMessage text) {
            setUnlessEmpty(message, IMSessionConstants.NOTIFICATION_TYPE, text.notificationTypeText());
            setUnlessEmpty(message, IMSessionConstants.PATH, text.imSessionPath());
        } else if (notification instanceof UnknownMessage unknown) {
            setUnlessEmpty(message, IMSessionConstants.INVALID_REASON, unknown.reason());
        }
    }

    private static void setUnlessEmpty(Message message, String name, String value) {
        if (!value.isEmpty()) {
            message.setHeader(name, value);
        }
    }
}
