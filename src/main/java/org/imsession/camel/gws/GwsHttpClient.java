package org.imsession.camel.gws;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The one HTTP client that all agents share, for GWS requests and for CometD. Made by the first request, which is sent
 * after the start of the route that needs it: Jetty's client takes longer to make than all else that the start does.
 * Safe for use by several threads.
 */
public final class GwsHttpClient implements AutoCloseable {

    private final HttpSettings settings;
    private final ProxyAccess access;
    private final Function<ProxyAccess, HttpClient> maker;
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();
    private volatile HttpClient started;
    private boolean closed; // guarded by this

    /**
     * Nothing is made yet.
     *
     * @param settings how it behaves, not {@code null}
     */
    public GwsHttpClient(HttpSettings settings) {
        this(settings, access -> new JettyClient(settings, access));
    }

    GwsHttpClient(HttpSettings settings, Function<ProxyAccess, HttpClient> maker) {
        this.settings = settings;
        this.access = ProxyAccess.of(settings.proxy());
        this.maker = maker;
    }

    /**
     * An address that all agents of a server have in common, and each keeps. Kept for good, so none with an id in it.
     *
     * @throws IllegalArgumentException if that is no address
     */
    public URI shared(String address) {
        URI known = addresses.get(address); // without a lock, each request of each agent asks
        return known != null ? known : addresses.computeIfAbsent(address, URI::create);
    }

    /**
     * A request that is not sent yet.
     *
     * @throws IllegalStateException if the client was stopped, or cannot start; the next request tries again
     */
    public Request newRequest(URI uri) {
        return new AddressedRequest(jetty(), uri);
    }

    Scheduler scheduler() {
        return jetty().getScheduler();
    }

    /** The client itself, started. */
    HttpClient jetty() {
        HttpClient client = started;
        return client == null ? start() : client;
    }

    private synchronized HttpClient start() {
        if (closed) {
            throw new IllegalStateException("The HTTP client " + name() + " was stopped");
        }
        if (started == null) {
            HttpClient client = maker.apply(access);
            try {
                client.start();
            } catch (Exception e) {
                LifeCycle.stop(client);
                throw new IllegalStateException("The HTTP client " + name() + " cannot start", e);
            } catch (Error e) { // such as of no thread for one of its parts: those that have begun must not stay
                LifeCycle.stop(client);
                throw e;
            }
            started = client;
        }
        return started;
    }

    /** What its threads are called. */
    public String name() {
        return settings.name();
    }

    ProxyAccess proxyAccess() {
        return access;
    }

    ProxySettings proxy() {
        return settings.proxy();
    }

    /** The longest head that may leave, in bytes, without what Jetty adds. */
    int maxRequestHead() {
        return settings.maxRequestHead();
    }

    /** Stops it for good; what goes wrong comes as an unchecked exception. */
    @Override
    public synchronized void close() {
        closed = true;
        if (started != null) {
            LifeCycle.stop(started);
        }
    }

    /**
     * Whether clients with this context accept the certificate of any server, one that nobody has signed among them.
     * Takes some milliseconds of computing.
     *
     * @param context the context, not {@code null}
     */
    public static boolean acceptsAnyCertificate(SSLContext context) {
        var tls = JettyClient.strictTls(context);
        try {
            LifeCycle.start(tls);
            return UnknownServer.isTrustedBy(tls);
        } finally {
            LifeCycle.stop(tls);
        }
    }
}
