package org.imsession.camel.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.ext.AckExtension;
import org.cometd.client.transport.ClientTransport;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;

/**
 * One agent by hand: a login at the pace of all, CometD's client with its acknowledge extension, a subscription at each
 * handshake, and the data that CometD has parsed by Jackson made into the same typed message. When the server denies
 * the login, which it does after a restart, it logs in again.
 */
final class RawAgent extends BayeuxClient {

    private static final String TOPIC = "/v2/me/im-sessions";

    private final String url;
    private final String credential;
    private final HttpClient http;
    private final Pace pace;
    private final AtomicBoolean inTurn = new AtomicBoolean();

    RawAgent(String agent, String url, ScheduledExecutorService scheduler, ClientTransport transport, HttpClient http,
             Pace pace, Arrivals arrivals) {
        super(url + "/api/v2/notifications", scheduler, transport);
        this.url = url;
        this.credential = "Basic " + Base64.getEncoder().encodeToString(
                (agent + ":" + ServerProcess.PASSWORD).getBytes(StandardCharsets.UTF_8));
        this.http = http;
        this.pace = pace;
        addExtension(new AckExtension());
        getChannel(Channel.META_HANDSHAKE).addListener((ClientSessionChannel.MessageListener) (channel, reply) -> {
            if (reply.isSuccessful()) {
                getChannel(TOPIC).subscribe(
                        (topic, message) -> arrivals.arrived(TypedByHand.stateChange(message.getDataAsMap())),
                        subscribed -> turnEnds());
            }
        });
    }

    /** Logs in and shakes hands in its turn. */
    void begin() {
        login(this::handshake);
    }

    private void login(Runnable then) {
        pace.turn(() -> {
            inTurn.set(true);
            http.newRequest(url + "/api/v2/me").headers(headers -> headers.put(HttpHeader.AUTHORIZATION, credential))
                    .send(new BufferingResponseListener() {
                        @Override
                        public void onComplete(Result result) {
                            if (result.isSucceeded() && result.getResponse().getStatus() == 200) {
                                takeCookies(result.getResponse());
                                then.run();
                            } else {
                                turnEnds();
                                login(then);
                            }
                        }
                    });
        });
    }

    private void takeCookies(Response response) {
        for (String cookie : response.getHeaders().getValuesList(HttpHeader.SET_COOKIE)) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            putCookie(HttpCookie.build(pair[0], pair[1]).path("/").build());
        }
    }

    private void turnEnds() {
        if (inTurn.compareAndSet(true, false)) {
            pace.done();
        }
    }

    @Override
    protected void onTransportFailure(Message message, ClientTransport.FailureInfo info,
                                      ClientTransport.FailureHandler handler) {
        turnEnds();
        boolean denied = message.get("failure") instanceof Map<?, ?> failure
                && Integer.valueOf(403).equals(failure.get("httpCode"));
        if (denied) {
            login(() -> {
                info.action = Message.RECONNECT_HANDSHAKE_VALUE;
                info.delay = 0;
                handler.handle(info);
            });
        } else {
            super.onTransportFailure(message, info, handler);
        }
    }
}
