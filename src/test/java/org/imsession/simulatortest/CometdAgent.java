package org.imsession.simulatortest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.client.ClientSessionChannel.MessageListener;
import org.cometd.client.BayeuxClient;
import org.cometd.client.ext.AckExtension;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.cometd.common.JacksonJSONContextClient;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.component.LifeCycle;
import org.imsession.simulator.GwsServer;

/** CometD's own client, which subscribes at every handshake and keeps what comes. */
final class CometdAgent implements AutoCloseable {

    private final HttpClient http = new HttpClient();
    private final BlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
    private final BayeuxClient client;

    CometdAgent(GwsServer gws, String name, String password, boolean ack) throws Exception {
        http.setIdleTimeout(5_000);
        http.start();
        String basic = "Basic " + Base64.getEncoder().encodeToString(
                (name + ":" + password).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> json = new HashMap<>(
                Map.of(ClientTransport.JSON_CONTEXT_OPTION, new JacksonJSONContextClient()));
        client = new BayeuxClient(gws.url() + RawBayeux.PATH, new JettyHttpClientTransport(json, http) {
            @Override
            protected void customize(Request request) {
                request.headers(headers -> headers.put("Authorization", basic));
            }
        });
        if (ack) {
            client.addExtension(new AckExtension());
        }
        client.getChannel(Channel.META_HANDSHAKE).addListener((MessageListener) (channel, message) -> {
            if (message.isSuccessful()) {
                client.getChannel("/v2/me/im-sessions").subscribe((topic, event) -> events.add(event.getDataAsMap()));
            }
        });
        client.handshake();
    }

    BayeuxClient client() {
        return client;
    }

    Map<String, Object> next() throws InterruptedException {
        Map<String, Object> event = events.poll(5, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("No event in 5 s");
        }
        return event;
    }

    boolean hasMore() {
        return !events.isEmpty();
    }

    @Override
    public void close() {
        client.disconnect(1_000);
        LifeCycle.stop(http);
    }
}
