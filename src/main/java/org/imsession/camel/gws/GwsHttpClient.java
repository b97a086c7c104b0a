package org.imsession.camel.gws;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * The one HTTP client that all agents share, for GWS requests and for CometD: pooled connections, but no cookies, no
 * credentials and no redirects of its own, because these belong to one agent and one server. Start and stop it like
 * any {@link HttpClient}; an executor or scheduler set before the start replaces its own threads.
 *
 * <p>Uses only what Jetty 12.0 and 12.1 have in common.
 */
public final class GwsHttpClient extends HttpClient {

    /** Host, user agent and what else Jetty adds behind {@link RequestHead#check}. */
    private static final int CLIENTS_OWN_HEADERS = 8 * 1024;

    private final ProxySettings proxy;
    private final ProxyAccess access;
    private final int maxRequestHead;

    /**
     * @param settings how it behaves, not {@code null}
     */
    public GwsHttpClient(HttpSettings settings) {
        this.proxy = settings.proxy();
        this.access = ProxyAccess.of(proxy);
        this.maxRequestHead = settings.maxRequestHead();
        setName(settings.name());
        setExecutor(threads(settings));
        setScheduler(new ScheduledExecutorScheduler(settings.name() + "-timer", true));
        setUserAgentField(new HttpField(HttpHeader.USER_AGENT, settings.userAgent()));
        setConnectTimeout(settings.connectTimeout().toMillis());
        setIdleTimeout(settings.idleTimeout().toMillis());
        setMaxConnectionsPerDestination(settings.maxConnections());
        setMaxRequestsQueuedPerDestination(settings.maxQueued());
        setMaxResponseHeadersSize(settings.maxHeaderBytes());
        setMaxRequestHeadersSize(maxRequestHead + CLIENTS_OWN_HEADERS);
        setFollowRedirects(false);
        // a shared store would send one agent's session cookie in the requests of all the others
        setHttpCookieStore(new HttpCookieStore.Empty());
        setSslContextFactory(strictTls(settings.sslContext()));
        if (proxy.present()) {
            getProxyConfiguration().addProxy(new TunnelProxy(proxy, access));
        }
    }

    ProxyAccess proxyAccess() {
        return access;
    }

    /** The longest head that may leave, in bytes, without what Jetty adds. */
    int maxRequestHead() {
        return maxRequestHead;
    }

    /** What the proxy gets, empty if there is none. A secret. */
    String proxyPassword() {
        return proxy.password();
    }

    /** Each start gives Jetty's defaults back, so what must not be there is taken out here. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
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

    /** Stops it; what goes wrong comes as an unchecked exception. */
    @Override
    public void close() {
        LifeCycle.stop(this);
    }

    /**
     * Whether clients with this context accept the certificate of any server, one that nobody has signed among them.
     * Takes some milliseconds of computing.
     *
     * @param context the context, not {@code null}
     */
    public static boolean acceptsAnyCertificate(SSLContext context) {
        SslContextFactory.Client tls = strictTls(context);
        try {
            LifeCycle.start(tls);
            return UnknownServer.isTrustedBy(tls);
        } finally {
            LifeCycle.stop(tls);
        }
    }

    private static QueuedThreadPool threads(HttpSettings settings) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.maxThreads());
        threads.setName(settings.name());
        threads.setDaemon(true);
        return threads;
    }

    private static SslContextFactory.Client strictTls(SSLContext context) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context);
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return tls;
    }
}
