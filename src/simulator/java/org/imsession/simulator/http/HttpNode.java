package org.imsession.simulator.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.cometd.bayeux.server.BayeuxServer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.imsession.simulator.bayeux.BayeuxNode;

/** One life of the HTTP server, from start to stop; a restart makes a new one. */
public final class HttpNode {

    private static final String HOST = "127.0.0.1";
    private static final long IDLE_TIMEOUT = 300_000;
    private static final int BACKLOG = 4096;
    /** Below the ports that systems take for connections: at a restart such a connection would have it. */
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;
    private static final int PORTS_OF_A_PROCESS = 1_000;

    private final Server server;
    private final ThoroughConnector connector;
    private final AnswerSender sender = new AnswerSender();

    /**
     * Starts a server.
     *
     * @param parts   what it serves
     * @param bayeux  its CometD side
     * @param numbers counts the requests
     * @param port    the port, 0 for a free one
     * @throws IOException when the port is taken
     */
    public HttpNode(ServerParts parts, BayeuxNode bayeux, AtomicLong numbers, int port) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(100, 4);
        threads.setName("gws-simulator");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = connector(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setAttribute(BayeuxServer.ATTRIBUTE, bayeux.bayeux());
        ServletHolder front = new ServletHolder(new FrontServlet(parts, bayeux, sender, numbers));
        front.setAsyncSupported(true);
        front.setInitOrder(1);
        context.addServlet(front, "/*");
        server.setHandler(context);
        start();
    }

    private ThoroughConnector connector(int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // the cache of header fields takes 80 KiB per connection, and an agent holds one for its connect
        http.setHeaderCacheSize(0);
        ThoroughConnector result = new ThoroughConnector(server, new HttpConnectionFactory(http));
        result.setHost(HOST);
        result.setPort(port == 0 ? freePort() : port);
        result.setIdleTimeout(IDLE_TIMEOUT);
        result.setAcceptQueueSize(BACKLOG);
        return result;
    }

    private static int freePort() {
        int own = (int) (ProcessHandle.current().pid() * PORTS_OF_A_PROCESS % PORTS);
        for (int i = 0; i < PORTS_OF_A_PROCESS; i++) {
            int port = FIRST_PORT + own + ThreadLocalRandom.current().nextInt(PORTS_OF_A_PROCESS);
            try (ServerSocket free = new ServerSocket()) {
                free.bind(new InetSocketAddress(HOST, port));
                return port;
            } catch (IOException e) {
                // somebody has it
            }
        }
        return 0;
    }

    private void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            stop();
            throw e;
        } catch (Exception e) {
            stop();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The port it listens on.
     *
     * @return the port
     */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops at once: connections are closed, whatever is held on them. */
    public void stop() {
        sender.stop();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            connector.closeAll();
        }
    }
}
