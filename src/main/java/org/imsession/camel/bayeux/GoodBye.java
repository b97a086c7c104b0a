package org.imsession.camel.bayeux;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cometd.bayeux.Channel;
import org.cometd.common.JSONContext;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.imsession.camel.gws.GwsHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server that a session is over which it may still have. Until its own time is up it would go on to hold a
 * connect for it, and take the next session for a second one of the same browser, whose connects CometD then holds no
 * longer. CometD's client cannot say it: it has let go of the session by then. Said once, by best effort: nobody waits
 * for the answer. Safe for use by several threads.
 */
final class GoodBye {

    private static final Logger LOG = LoggerFactory.getLogger(GoodBye.class);

    private final BayeuxSettings settings;
    private final GwsHttpClient http;
    private final HttpCookieStore cookies;
    private final Consumer<Request> decorator;
    private final JSONContext.Client json;

    GoodBye(BayeuxSettings settings, GwsHttpClient http, HttpCookieStore cookies, Consumer<Request> decorator,
            JSONContext.Client json) {
        this.settings = settings;
        this.http = http;
        this.cookies = cookies;
        this.decorator = decorator;
        this.json = json;
    }

    /** Says it, with the cookies as they are now; given up after {@link BayeuxSettings#maxNetworkDelay()}. */
    void say(String clientId) {
        Reply message = new Reply();
        message.setChannel(Channel.META_DISCONNECT);
        message.setId("bye");
        message.setClientId(clientId);
        String jar = cookies.match(URI.create(settings.url())).stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue()).collect(Collectors.joining("; "));
        try {
            Request request = http.newRequest(URI.create(settings.url())).method(HttpMethod.POST)
                    .timeout(settings.maxNetworkDelay().toMillis(), TimeUnit.MILLISECONDS)
                    .body(new PostedJson("[" + json.generate(message) + "]"));
            if (!jar.isEmpty()) {
                request.headers(headers -> headers.put(HttpHeader.COOKIE, jar));
            }
            decorator.accept(request);
            request.send(result -> { });
        } catch (RuntimeException | Error e) { // the client has been stopped; the feed has more urgent things to do
            LOG.debug("No good-bye could be said: {}", e.getClass().getName());
        }
    }
}
