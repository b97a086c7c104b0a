package org.imsession.camel.bayeux;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.client.http.common.AbstractHttpClientTransport;
import org.cometd.client.transport.TransportListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.SetCookie;
import org.imsession.camel.gws.Unpacker;

/**
 * Long polling as CometD does it, with these differences to its own: cookies and credentials are those of the agent's
 * login, events are handed over an answer at a time instead of one by one, an answer without the reply it owes counts as
 * a failure, where the client would otherwise wait for ever, what times out is silence and not the answer, and of an
 * answer that is cut the owner gets what came whole. See {@link LongPoll}.
 */
final class LongPollingTransport extends AbstractHttpClientTransport {

    private static final HttpField JSON = new HttpField(HttpHeader.CONTENT_TYPE, PostedJson.TYPE);

    private final PollsUnderWay underWay;
    private final GwsHttpClient http;
    private final RawJsonContext json;
    private final HttpCookieStore login;
    private final Consumer<Request> decorator;
    private final Owner owner;

    /** CometD puts the names of its options together anew for each agent. */
    private static final class Options extends HashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        Options(Map<String, Object> options) {
            super(4);
            putAll(options);
        }

        @Override
        public Object put(String name, Object value) {
            return super.put(name.intern(), value);
        }
    }

    /** Hears of every answer before CometD does. */
    interface Owner extends LongPoll.Owner {

        /** The answer to a handshake that need not be sent, because its session exists; {@code null} to send it. */
        Answer resume(Message.Mutable handshake);
    }

    LongPollingTransport(Map<String, Object> options, ScheduledExecutorService scheduler, GwsHttpClient http,
                         RawJsonContext json, HttpCookieStore login, Consumer<Request> decorator, Owner owner) {
        super(null, new Options(options), scheduler);
        this.underWay = new PollsUnderWay(scheduler);
        this.http = http;
        this.json = json;
        this.login = login;
        this.decorator = decorator;
        this.owner = owner;
    }

    @Override
    public void send(TransportListener listener, List<Message.Mutable> messages) {
        CheckedReplies checked = new CheckedReplies(listener, messages);
        Answer resumed = Channel.META_HANDSHAKE.equals(messages.get(0).getChannel())
                ? owner.resume(messages.get(0)) : null;
        if (resumed != null) {
            getScheduler().execute(() -> checked.whole(resumed));
            return;
        }
        LongPoll poll;
        try {
            poll = new LongPoll(request(messages), messages, checked, owner);
        } catch (RuntimeException | Error e) { // an address or a message that cannot be sent, no memory for it
            listener.onFailure(GwsException.notSent(e), messages);
            return;
        }
        poll.send(underWay);
        if (isAborted()) {
            poll.abort(new IllegalStateException("the session is over")); // it ended before it was seen to be under way
        }
    }

    private Request request(List<Message.Mutable> messages) {
        URI address = http.shared(newRequestURI(messages)); // of few: one for each channel of CometD's own
        Request request = http.newRequest(address).method(HttpMethod.POST)
                .headers(headers -> headers.put(JSON))
                .body(new PostedJson(generateJSON(messages)));
        messages.forEach(LongPollingTransport::forgetWhatIsWritten);
        List<HttpCookie> cookies = login.match(address);
        if (!cookies.isEmpty()) { // strict firewalls object to an empty field
            StringBuilder value = new StringBuilder(cookies.size() * 32);
            for (HttpCookie cookie : cookies) {
                value.append(value.isEmpty() ? "" : "; ").append(cookie.getName()).append('=')
                        .append(cookie.getValue());
            }
            request.headers(headers -> headers.put(HttpHeader.COOKIE, value.toString()));
        }
        Unpacker.ask(request);
        decorator.accept(request);
        return request;
    }

    /** The server holds a connect nearly all the time, and CometD only asks it for its name and advice by then. */
    private static void forgetWhatIsWritten(Message.Mutable request) {
        if (Channel.META_CONNECT.equals(request.getChannel())) {
            request.remove(Message.EXT_FIELD);
            request.remove(Message.CLIENT_ID_FIELD);
            request.remove(Message.CONNECTION_TYPE_FIELD);
        }
    }

    @Override
    public void abort(Throwable failure) {
        super.abort(failure);
        underWay.abort(failure);
    }

    @Override
    public void terminate() {
        super.terminate();
        underWay.close();
    }

    /** Hands an answer over to CometD if it holds the replies that it owes. */
    private final class CheckedReplies implements LongPoll.Outcome {

        private final TransportListener listener;
        private final List<Message.Mutable> requests;

        CheckedReplies(TransportListener listener, List<Message.Mutable> requests) {
            this.listener = listener;
            this.requests = requests;
        }

        @Override
        public AnswerParser newParser() {
            return json.newAsyncParser();
        }

        /** As CometD does, but into the login's store, and without a log line that holds the cookie. */
        @Override
        public void cookie(String field) {
            SetCookie.read(field).ifPresent(cookie -> login.add(http.shared(getURL()), cookie));
        }

        @Override
        public void sending() {
            listener.onSending(requests);
        }

        @Override
        public void whole(Answer answer) {
            owner.answered(requests, answer);
            for (Message.Mutable request : requests) {
                if (request.isMeta() && !answered(request, answer)) {
                    listener.onFailure(NotBayeuxException.broken(
                            "the answer has no reply to " + request.getChannel()), requests);
                    return;
                }
            }
            processResponseMessages(listener, answer);
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
        public void status(int code) {
            processWrongResponseCode(listener, requests, code);
        }

        @Override
        public void failed(Throwable failure) {
            listener.onFailure(failure, requests);
        }
    }
}
