package org.imsession.camel.bayeux;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.common.TransportException;
import org.eclipse.jetty.client.HttpResponseException;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.LocalFault;
import org.imsession.camel.gws.ServerWords;

/** Tells what kind of failure it was that CometD reports. Of what the server says, through its words only. */
final class Failures {

    /** Bayeux protocol, 3.9: a code, arguments, a message; the last may have colons, too. */
    private static final Pattern ERROR = Pattern.compile("(\\d{1,3}):[^:]*:");

    private static final int PROXY_REFUSES = 407;

    private static final Pattern UNKNOWN =
            Pattern.compile("unknown[ _](client|session)|(client|session)[ _]unknown", Pattern.CASE_INSENSITIVE);

    private final ServerWords words;
    private final Supplier<String> withheld;

    /**
     * @param withheld which cookies are not sent, to be put behind a message; empty for none
     */
    Failures(ServerWords words, Supplier<String> withheld) {
        this.words = words;
        this.withheld = withheld;
    }

    /** As {@link #of(Message, Throwable)}, with the cause that CometD puts into the reply it makes up. */
    BayeuxFailure of(Message reply) {
        return of(reply, reply.get("failure") instanceof Map<?, ?> failure
                && failure.get("exception") instanceof Throwable cause ? cause : null);
    }

    /**
     * @param reply the failed reply: the server's, or one that CometD made up
     * @param cause what the transport reported, {@code null} if the server answered
     */
    BayeuxFailure of(Message reply, Throwable cause) {
        String step = reply.getChannel();
        if (cause == null) {
            return refusal(reply);
        }
        if (cause instanceof TransportException transport && transport.getFields() != null
                && transport.getFields().get("httpCode") instanceof Number code) {
            return status(step, code.intValue());
        }
        if (cause instanceof HttpResponseException proxy) { // of CONNECT
            return status(step, proxy.getResponse().getStatus());
        }
        if (cause instanceof NotBayeuxException answer) {
            return failure(answer.begun() ? BayeuxFailure.Kind.UNREADABLE : BayeuxFailure.Kind.NOT_BAYEUX,
                    step + ": " + cause.getMessage());
        }
        if (cause instanceof GwsException local) {
            return failure(BayeuxFailure.Kind.UNREACHABLE, step + ": " + local.getMessage()); // it never left
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return unreachable(step, cause, "check serverUrl and the name service");
        }
        if (cause instanceof SocketTimeoutException || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException) {
            return unreachable(step, cause, "check that GWS runs there, the port and the firewall");
        }
        if (cause instanceof TimeoutException) {
            return BayeuxFailure.network(step + ": no answer in time (" + cause.getMessage() + ")");
        }
        if (LocalFault.is(cause)) {
            return failure(BayeuxFailure.Kind.LOCAL_FAULT, step + ": an answer could not be taken: "
                    + LocalFault.words(cause));
        }
        return BayeuxFailure.network(step + ": the connection broke (" + cause.getClass().getSimpleName() + ")");
    }

    private static BayeuxFailure unreachable(String step, Throwable cause, String remedy) {
        return new BayeuxFailure(BayeuxFailure.Kind.UNREACHABLE, 0, 0,
                step + ": no connection to the server (" + cause.getClass().getSimpleName() + ")", remedy);
    }

    /**
     * Why the server has ended a session of its own accord.
     *
     * @param message what it said about it in the same answer
     */
    BayeuxFailure ofPushed(Message message) {
        BayeuxFailure failure = refusal(message);
        return failure(failure.kind() == BayeuxFailure.Kind.SESSION_UNKNOWN ? failure.kind()
                : BayeuxFailure.Kind.SESSION_ENDED, "the server ended the session: " + failure.detail());
    }

    private BayeuxFailure status(String step, int code) {
        if (code == PROXY_REFUSES) { // no login at the server helps, and it has seen nothing
            return new BayeuxFailure(BayeuxFailure.Kind.UNREACHABLE, code, 0,
                    step + ": the proxy does not accept its user and password (HTTP 407). Check its credentials");
        }
        boolean login = code == 401 || code == 403 || code >= 300 && code < 400;
        return new BayeuxFailure(login ? BayeuxFailure.Kind.LOGIN : BayeuxFailure.Kind.HTTP, code, 0,
                step + ": HTTP status " + code
                        + (login && code != 403 && Channel.META_HANDSHAKE.equals(step) ? Stickiness.OTHER_NODE : "")
                        + (login ? withheld.get() : ""),
                login ? "" : "look at the log of GWS, and at what stands in front of it");
    }

    private BayeuxFailure refusal(Message reply) {
        String error = reply.get(Message.ERROR_FIELD) instanceof String text ? text : "";
        String detail = reply.getChannel() + " refused: " + (error.isEmpty() ? "no reason given" : quoted(error));
        Object reconnect = reply.getAdvice() == null ? null : reply.getAdvice().get(Message.RECONNECT_FIELD);
        if (Channel.META_HANDSHAKE.equals(reply.getChannel())) {
            return failure(BayeuxFailure.Kind.HANDSHAKE_REFUSED, detail);
        }
        if (Channel.META_SUBSCRIBE.equals(reply.getChannel()) && !isUnknown(error, reconnect)) {
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

    /** That a session is not known, where 403 and 401 alone say that it may not subscribe. */
    private static boolean isUnknown(String error, Object reconnect) {
        return Message.RECONNECT_HANDSHAKE_VALUE.equals(reconnect) || error.startsWith("402")
                || UNKNOWN.matcher(error).find();
    }

    /** Of {@code code:arguments:message} not the arguments: in them CometD names the client id. */
    private String quoted(String error) {
        Matcher parts = ERROR.matcher(error);
        return parts.lookingAt() ? parts.group(1) + "::" + words.quote(error.substring(parts.end()))
                : words.quote(error);
    }

    private static BayeuxFailure failure(BayeuxFailure.Kind kind, String detail) {
        return new BayeuxFailure(kind, 0, 0, detail);
    }
}
