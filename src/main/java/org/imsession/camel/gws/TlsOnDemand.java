package org.imsession.camel.gws;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS that is made ready by the first connection that needs it. The JVM reads its trust store and sets up its
 * providers then, which takes longer than everything else that a client does at its start.
 */
final class TlsOnDemand extends SslContextFactory.Client {

    private final Supplier<SslContextFactory.Client> maker;
    private SslContextFactory.Client ready; // guarded by maker

    /** @param maker makes what engines come from, not started yet */
    TlsOnDemand(Supplier<SslContextFactory.Client> maker) {
        this.maker = maker;
    }

    @Override
    protected void doStart() {
        // nothing is needed yet
    }

    @Override
    protected void doStop() {
        synchronized (maker) {
            if (ready != null) {
                LifeCycle.stop(ready);
                ready = null;
            }
        }
    }

    @Override
    public SSLEngine newSSLEngine() {
        return ready().newSSLEngine();
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return ready().newSSLEngine(host, port);
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
        return ready().newSSLEngine(address);
    }

    private SslContextFactory.Client ready() {
        synchronized (maker) {
            if (ready == null) {
                SslContextFactory.Client made = maker.get();
                LifeCycle.start(made);
                ready = made;
            }
            return ready;
        }
    }
}
