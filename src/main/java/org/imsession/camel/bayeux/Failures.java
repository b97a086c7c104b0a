package org.imsession.camel.bayeux;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.common.TransportException;

/** Tells what kind of failure it was that CometD reports. */
final class Failures {

    private Failures() {
    }

    /** As {@link #of(Message, Throwable)}, with the cause that CometD puts into the reply it makes up. */
    static BayeuxFailure of(Message reply) {
        return of(reply, reply.get("failure") instanceof Map<?, ?> failure
                && failure.get("exception") instanceof Throwable cause ? cause : null);
    }

    /**
     * @param reply the failed reply: the server's, or one that CometD made up
     * @param cause what the transport reported, {@code null} if the server answered
     */
    static BayeuxFailure of(Message reply, Throwable cause) {
        String step = reply.getChannel();
        if (cause == null) {
            return refusal(reply);
        }
        if (cause instanceof TransportException transport && transport.getFields() != null
                && transport.getFields().get("httpCode") instanceof Number code) {
            return status(step, code.intValue());
        }
        if (cause instanceof NotBayeuxException answer) {
            return failure(answer.begun() ? BayeuxFailure.Kind.UNREADABLE : BayeuxFailure.Kind.NOT_BAYEUX,
                    step + ": " + cause.getMessage());
        }
        if (cause instanceof SocketTimeoutException || cause instanceof ConnectException
                || cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return failure(BayeuxFailure.Kind.UNREACHABLE, step + ": no connection to the server ("
                    + cause.getClass().getSimpleName() + ")");
        }
        if (cause instanceof TimeoutException) {
            return failure(BayeuxFailure.Kind.NETWORK, step + ": no answer in time ("
                    + cause.getMessage() + ")");
        }
        return failure(BayeuxFailure.Kind.NETWORK, step + ": the connection broke ("
                + cause.getClass().getSimpleName() + ")");
    }

    private static BayeuxFailure status(String step, int code) {
        boolean login = code == 401 || code == 403 || code >= 300 && code < 400;
        return new BayeuxFailure(login ? BayeuxFailure.Kind.LOGIN : BayeuxFailure.Kind.HTTP, code, 0,
                step + ": HTTP status " + code);
    }

    private static BayeuxFailure refusal(Message reply) {
        String error = reply.get(Message.ERROR_FIELD) instanceof String text ? firstLine(text) : "no reason given";
        String detail = reply.getChannel() + " refused: " + error;
        Object reconnect = reply.getAdvice() == null ? null : reply.getAdvice().get(Message.RECONNECT_FIELD);
        if (Channel.META_HANDSHAKE.equals(reply.getChannel())) {
            return failure(BayeuxFailure.Kind.HANDSHAKE_REFUSED, detail);
        }
        if (Channel.META_SUBSCRIBE.equals(reply.getChannel())) {
            return failure(BayeuxFailure.Kind.SUBSCRIBE_REFUSED, detail);
        }
        if (Message.RECONNECT_NONE_VALUE.equals(reconnect)) {
            return failure(BayeuxFailure.Kind.SESSION_ENDED, detail);
        }
        // Servers word it differently (402::Unknown client, 402::session_unknown, 403::Unknown client, faye's 401), and
        // some give no advice with it, where the client's own default would be to retry the dead session for ever.
        if (Message.RECONNECT_HANDSHAKE_VALUE.equals(reconnect) || error.startsWith("40")) {
            return failure(BayeuxFailure.Kind.SESSION_UNKNOWN, detail);
        }
        return failure(BayeuxFailure.Kind.HTTP, detail);
    }

    /** The server's error, but nothing in it that could forge a log line or fill one. */
    private static String firstLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 120 ? line : line.substring(0, 120) + "...";
    }

    private static BayeuxFailure failure(BayeuxFailure.Kind kind, String detail) {
        return new BayeuxFailure(kind, 0, 0, detail);
    }
}
