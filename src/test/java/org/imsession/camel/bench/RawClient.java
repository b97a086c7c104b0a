package org.imsession.camel.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.ext.AckExtension;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.cometd.common.JacksonJSONContextClient;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The same job by hand: log in, CometD's client with its acknowledge extension, and the data that CometD has parsed by
 * Jackson made into the same typed message. One HTTP client, JSON context and scheduler for all agents, as CometD's
 * documentation advises.
 */
final class RawClient implements Contender {

    private static final String TOPIC = "/v2/me/im-sessions";
    private static final int CONNECTIONS = 40_000;

    private final HttpClient http = new HttpClient();
    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(2);
    private final JacksonJSONContextClient json = new JacksonJSONContextClient();
    private final String url;
    private final Arrivals arrivals;

    RawClient(String url, Arrivals arrivals) throws Exception {
        this.url = url;
        this.arrivals = arrivals;
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setMaxConnectionsPerDestination(CONNECTIONS);
        http.setMaxRequestsQueuedPerDestination(CONNECTIONS);
        http.start();
    }

    @Override
    public void follow(String agent) throws Exception {
        String credential = agent + ":" + ServerProcess.PASSWORD;
        ContentResponse me = http.newRequest(url + "/api/v2/me").headers(headers -> headers.put(HttpHeader.AUTHORIZATION,
                "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8)))).send();
        if (me.getStatus() != 200) {
            throw new IllegalStateException("the login of " + agent + " was answered " + me.getStatus());
        }
        shakeHands(me.getHeaders().getValuesList(HttpHeader.SET_COOKIE));
    }

    private void shakeHands(List<String> cookies) {
        Map<String, Object> options = new HashMap<>();
        options.put(ClientTransport.JSON_CONTEXT_OPTION, json);
        BayeuxClient client = new BayeuxClient(url + "/api/v2/notifications", scheduler,
                new JettyHttpClientTransport(options, http));
        for (String cookie : cookies) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            client.putCookie(HttpCookie.build(pair[0], pair[1]).path("/").build());
        }
        client.addExtension(new AckExtension());
        client.getChannel(Channel.META_HANDSHAKE).addListener((ClientSessionChannel.MessageListener) (channel, reply) -> {
            if (reply.isSuccessful()) {
                client.getChannel(TOPIC).subscribe((topic, message) ->
                        arrivals.arrived(TypedByHand.stateChange(message.getDataAsMap())));
            }
        });
        client.handshake();
    }

    @Override
    public void close() throws Exception {
        http.stop();
        scheduler.shutdownNow();
        scheduler.awaitTermination(1, TimeUnit.SECONDS);
    }
}
