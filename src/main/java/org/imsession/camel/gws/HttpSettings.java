package org.imsession.camel.gws;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How the one HTTP client of all agents behaves. Immutable; start from {@link #defaults()} and change what differs.
 *
 * @param name            what its threads are called, {@code imsession-http} by default
 * @param userAgent       the {@code User-Agent} header
 * @param connectTimeout  how long a connection may take to open, TLS and a proxy's tunnel not counted
 * @param idleTimeout     how long an unused connection stays open. Below the server's own limit (GWS ships with
 *                        {@code jetty.idleTimeout} 30 s), because a POST written to a connection which the server is
 *                        just closing is lost. Held long polls are not idle in this sense
 * @param maxConnections  connections to one server. At least two for each agent: one is held by the long poll, one
 *                        carries everything else
 * @param maxQueued       requests that may wait for a connection to one server; more fail at once
 * @param maxHeaderBytes  the longest head of an answer, in bytes; a longer one fails the request
 * @param maxRequestHead  the longest head of a request, in bytes; one that is longer is not sent
 * @param maxThreads      threads of the client; user code never runs on them, so few are enough
 * @param tls             whom to trust and what to show for {@code https}, asked when it is needed; the JVM's default
 *                        unless given. Host names are always checked and protocols below TLS 1.2 always refused,
 *                        whatever the context allows
 * @param proxy           the HTTP proxy, or {@link ProxySettings#NONE}
 */
public record HttpSettings(String name, String userAgent, Duration connectTimeout, Duration idleTimeout,
                           int maxConnections, int maxQueued, int maxHeaderBytes, int maxRequestHead, int maxThreads,
                           Supplier<SSLContext> tls, ProxySettings proxy) {

    /** Read when it is needed, which for {@code http} is never. */
    private static final Supplier<SSLContext> OF_THE_JVM = HttpSettings::jvmDefault;

    /** One that is given, so that settings with the same one are equal. */
    private record Given(SSLContext context) implements Supplier<SSLContext> {

        private Given {
            Objects.requireNonNull(context, "sslContext");
        }

        @Override
        public SSLContext get() {
            return context;
        }
    }

    public HttpSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(proxy, "proxy");
        positive("connectTimeout", connectTimeout.toMillis());
        positive("idleTimeout", idleTimeout.toMillis());
        positive("maxConnections", maxConnections);
        positive("maxQueued", maxQueued);
        positive("maxHeaderBytes", maxHeaderBytes);
        positive("maxRequestHead", maxRequestHead);
        if (maxThreads < 8) {
            throw new IllegalArgumentException("maxThreads is " + maxThreads + ", the client needs at least 8");
        }
    }

    /** Fit for ten thousand agents on one server, trusting whom the JVM trusts, without a proxy. */
    public static HttpSettings defaults() {
        return new HttpSettings("imsession-http", "camel-imsession", Duration.ofSeconds(10), Duration.ofSeconds(25),
                20_000, 20_000, 32 * 1024, 64 * 1024, 24, OF_THE_JVM, ProxySettings.NONE);
    }

    public HttpSettings withConnectTimeout(Duration timeout) {
        return new HttpSettings(name, userAgent, timeout, idleTimeout, maxConnections, maxQueued, maxHeaderBytes,
                maxRequestHead, maxThreads, tls, proxy);
    }

    public HttpSettings withIdleTimeout(Duration timeout) {
        return new HttpSettings(name, userAgent, connectTimeout, timeout, maxConnections, maxQueued, maxHeaderBytes,
                maxRequestHead, maxThreads, tls, proxy);
    }

    /** Connections and waiting requests for one server. */
    public HttpSettings withMaxConnections(int connections) {
        return new HttpSettings(name, userAgent, connectTimeout, idleTimeout, connections, connections,
                maxHeaderBytes, maxRequestHead, maxThreads, tls, proxy);
    }

    /** In bytes; servers take 8 to 64 KiB. */
    public HttpSettings withMaxRequestHead(int bytes) {
        return new HttpSettings(name, userAgent, connectTimeout, idleTimeout, maxConnections, maxQueued,
                maxHeaderBytes, bytes, maxThreads, tls, proxy);
    }

    public HttpSettings withMaxThreads(int threads) {
        return new HttpSettings(name, userAgent, connectTimeout, idleTimeout, maxConnections, maxQueued,
                maxHeaderBytes, maxRequestHead, threads, tls, proxy);
    }

    public HttpSettings withSslContext(SSLContext context) {
        return new HttpSettings(name, userAgent, connectTimeout, idleTimeout, maxConnections, maxQueued,
                maxHeaderBytes, maxRequestHead, maxThreads, new Given(context), proxy);
    }

    public HttpSettings withProxy(ProxySettings newProxy) {
        return new HttpSettings(name, userAgent, connectTimeout, idleTimeout, maxConnections, maxQueued,
                maxHeaderBytes, maxRequestHead, maxThreads, tls, newProxy);
    }

    /** Whom to trust; reads the trust store of the JVM unless a context is given. */
    public SSLContext sslContext() {
        return tls.get();
    }

    /** Of what differs, if anything does: the first use of the record's own takes some milliseconds of a start. */
    @Override
    public int hashCode() {
        return Objects.hash(name, maxConnections, tls, proxy.host());
    }

    private static void positive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is " + value + ", it must be greater than 0");
        }
    }

    private static SSLContext jvmDefault() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JVM has no usable default SSLContext; check javax.net.ssl.trustStore "
                    + "and javax.net.ssl.keyStore, or give an SSLContext", e);
        }
    }
}
