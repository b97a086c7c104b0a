package org.imsession.camel.gws;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's client as all agents can share it: pooled connections, but no cookies, no credentials and no redirects of its
 * own, because these belong to one agent and one server.
 *
 * <p>Uses only what Jetty 12.0 and 12.1 have in common.
 */
final class JettyClient extends HttpClient {

    private static final Logger LOG = LoggerFactory.getLogger(JettyClient.class);
    /** Host, user agent and what else Jetty adds behind {@link RequestHead#check}. */
    private static final int CLIENTS_OWN_HEADERS = 8 * 1024;
    /** The largest that Jetty's pool takes back. An answer of a hundred events comes in five pieces, not in ten. */
    private static final int READ_AT_ONCE = 64 * 1024;
    private static final long TICK_MILLIS = 1000;

    private final ProxySettings proxy;

    /**
     * @param settings how it behaves, not {@code null}
     * @param access   lets what carries the credentials of the proxy pass
     */
    JettyClient(HttpSettings settings, ProxyAccess access) {
        super(transport(settings.maxConnections()));
        this.proxy = settings.proxy();
        setName(settings.name());
        setExecutor(threads(settings));
        setScheduler(new ScheduledExecutorScheduler(settings.name() + "-timer", true));
        setUserAgentField(new HttpField(HttpHeader.USER_AGENT, settings.userAgent()));
        setConnectTimeout(settings.connectTimeout().toMillis());
        setIdleTimeout(settings.idleTimeout().toMillis());
        setMaxConnectionsPerDestination(settings.maxConnections());
        setMaxRequestsQueuedPerDestination(settings.maxQueued());
        setMaxResponseHeadersSize(settings.maxHeaderBytes());
        setMaxRequestHeadersSize(settings.maxRequestHead() + CLIENTS_OWN_HEADERS);
        setResponseBufferSize(READ_AT_ONCE);
        setFollowRedirects(false);
        // a shared store would send one agent's session cookie in the requests of all the others
        setHttpCookieStore(new HttpCookieStore.Empty());
        setSslContextFactory(new TlsOnDemand(() -> strictTls(settings.sslContext())));
        if (proxy.present()) {
            getProxyConfiguration().addProxy(new TunnelProxy(proxy, access));
        }
    }

    private static HttpClientTransport transport(int maxConnections) {
        HttpClientTransport transport = new HttpClientTransportOverHTTP();
        transport.setConnectionPoolFactory(destination ->
                new AbstractConnectionPool(destination, () -> new LatestFirstPool<>(maxConnections), 1) {
                });
        return transport;
    }

    /** Each start gives Jetty's defaults back, so what must not be there is taken out here. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        tick();
        // a 401 or 407 without challenge would fail without its status code; credentials are not sent on demand
        getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
        getContentDecoderFactories().clear(); // see Unpacker
        if (proxy.hasCredentials()) {
            // as a header of the request they would pass through the tunnel and reach the server
            getProxyConfiguration().getProxies().forEach(each -> getAuthenticationStore().addAuthenticationResult(
                    new BasicAuthentication.BasicResult(each.getURI(), HttpHeader.PROXY_AUTHORIZATION,
                            proxy.username(), proxy.password(), StandardCharsets.UTF_8)));
        }
    }

    /**
     * Each request sets timers of its connection, and takes them back. One that would be the first of all to end wakes
     * the thread of the timers; so something of no consequence always ends before them.
     */
    private void tick() {
        try {
            getScheduler().schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | Error e) {
            LOG.debug("No tick: the timers end, or there is no thread for them yet", e);
        }
    }

    private static QueuedThreadPool threads(HttpSettings settings) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.maxThreads());
        threads.setName(settings.name());
        threads.setDaemon(true);
        return threads;
    }

    static SslContextFactory.Client strictTls(SSLContext context) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context);
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return tls;
    }
}
