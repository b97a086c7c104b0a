package org.imsession.camel.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.cometd.common.JacksonJSONContextClient;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;

/**
 * The same job by hand, see {@link RawAgent}. One HTTP client, JSON context and scheduler for all agents, as CometD's
 * documentation advises.
 */
final class RawClient implements Contender {

    private static final int CONNECTIONS = 40_000;

    private final HttpClient http = new HttpClient();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2);
    private final JacksonJSONContextClient json = new JacksonJSONContextClient();
    private final Pace pace = new Pace(scheduler);
    private final String url;
    private final Arrivals arrivals;

    RawClient(String url, Arrivals arrivals) throws Exception {
        this.url = url;
        this.arrivals = arrivals;
        scheduler.setRemoveOnCancelPolicy(true);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setMaxConnectionsPerDestination(CONNECTIONS);
        http.setMaxRequestsQueuedPerDestination(CONNECTIONS);
        http.start();
    }

    @Override
    public void follow(List<String> agents) {
        for (String agent : agents) {
            Map<String, Object> options = new HashMap<>();
            options.put(ClientTransport.JSON_CONTEXT_OPTION, json);
            new RawAgent(agent, url, scheduler, new JettyHttpClientTransport(options, http), http, pace,
                    arrivals).begin();
        }
    }

    @Override
    public void close() throws Exception {
        http.stop();
        scheduler.shutdownNow();
    }
}
