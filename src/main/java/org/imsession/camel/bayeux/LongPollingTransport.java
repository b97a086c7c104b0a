package org.imsession.camel.bayeux;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.TransportListener;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.SetCookieParser;
import org.imsession.camel.gws.RetryAfter;

/**
 * CometD's long polling with three differences: cookies and credentials are those of the agent's login, events are
 * handed over an answer at a time instead of one by one, and an answer without the reply it owes counts as a failure,
 * where the client would otherwise wait for ever.
 */
final class LongPollingTransport extends JettyHttpClientTransport {

    private final Set<Request> underWay = ConcurrentHashMap.newKeySet();
    private final SetCookieParser setCookies = SetCookieParser.newInstance();
    private final HttpCookieStore login;
    private final Consumer<Request> decorator;
    private final AnswerListener answers;

    /** Gets every answer before CometD does. */
    interface AnswerListener {

        void answered(List<Message.Mutable> requests, Answer answer);

        /** An answer with another status than 200 begins, which asks to wait that long. */
        void refused(Duration wait);

        /** The answer to a handshake that need not be sent, because its session exists; {@code null} to send it. */
        Answer resume(Message.Mutable handshake);
    }

    LongPollingTransport(Map<String, Object> options, ScheduledExecutorService scheduler, HttpClient http,
                         HttpCookieStore login, Consumer<Request> decorator, AnswerListener answers) {
        super(null, new HashMap<>(options), scheduler, http);
        this.login = login;
        this.decorator = decorator;
        this.answers = answers;
    }

    @Override
    public void send(TransportListener listener, List<Message.Mutable> messages) {
        Checked checked = new Checked(listener, messages);
        Answer resumed = Channel.META_HANDSHAKE.equals(messages.get(0).getChannel())
                ? answers.resume(messages.get(0)) : null;
        if (resumed == null) {
            super.send(checked, messages);
        } else {
            getScheduler().execute(() -> checked.onMessages(resumed));
        }
    }

    @Override
    protected void customize(Request request) {
        String cookie = request.getHeaders().get(HttpHeader.COOKIE);
        if (cookie != null && cookie.isEmpty()) {
            request.headers(headers -> headers.remove(HttpHeader.COOKIE)); // strict firewalls object to an empty one
        }
        decorator.accept(request);
        underWay.add(request);
        request.onComplete(result -> underWay.remove(request));
        request.onResponseHeaders(response -> {
            if (response.getStatus() != HttpStatus.OK_200) {
                answers.refused(RetryAfter.parse(response.getHeaders().get(HttpHeader.RETRY_AFTER), Clock.systemUTC())
                        .orElse(Duration.ZERO));
            }
        });
    }

    /**
     * Beside what CometD aborts, closes the connections: an answer that consists of interim answers (102, 103) without
     * end never comes to the point where Jetty would look whether its request was aborted.
     */
    @Override
    public void abort(Throwable failure) {
        super.abort(failure);
        closeConnections();
    }

    @Override
    public void terminate() {
        super.terminate();
        closeConnections();
    }

    private void closeConnections() {
        underWay.forEach(request -> {
            Connection connection = request.getConnection();
            if (connection != null) {
                connection.close();
            }
        });
        underWay.clear();
    }

    @Override
    protected List<HttpCookie> getCookies(URI uri) {
        return login.match(uri);
    }

    /** As CometD does, but into the login's store, and without a log line that holds the cookie. */
    @Override
    protected void storeCookies(URI uri, Map<String, List<String>> headers) {
        headers.values().forEach(values -> values.forEach(value -> {
            HttpCookie cookie = setCookies.parse(value);
            if (cookie != null) {
                login.add(uri, cookie);
            }
        }));
    }

    private final class Checked implements TransportListener {

        private final TransportListener listener;
        private final List<Message.Mutable> requests;

        Checked(TransportListener listener, List<Message.Mutable> requests) {
            this.listener = listener;
            this.requests = requests;
        }

        @Override
        public void onSending(List<? extends Message> messages) {
            listener.onSending(messages);
        }

        @Override
        public void onMessages(List<Message.Mutable> messages) {
            answers.answered(requests, (Answer) messages);
            for (Message.Mutable request : requests) {
                if (request.isMeta() && !answered(request, messages)) {
                    listener.onFailure(NotBayeuxException.broken(
                            "the answer has no reply to " + request.getChannel()), requests);
                    return;
                }
            }
            listener.onMessages(messages);
        }

        /** A reply of the right channel is the reply, whatever its id: there is only one such request in the post. */
        private boolean answered(Message.Mutable request, List<Message.Mutable> messages) {
            for (Message.Mutable message : messages) {
                if (request.getChannel().equals(message.getChannel())) {
                    message.setId(request.getId());
                    return true;
                }
            }
            return Channel.META_DISCONNECT.equals(request.getChannel());
        }

        @Override
        public void onFailure(Throwable failure, List<? extends Message> messages) {
            listener.onFailure(failure, messages);
        }

        @Override
        public void onTimeout(List<? extends Message> messages, Promise<Long> promise) {
            listener.onTimeout(messages, promise);
        }
    }
}
