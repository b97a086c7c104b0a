package org.imsession.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on 127.0.0.1 in front of a server, which does harm on demand: {@link Toxic}s are added and removed while
 * it runs, and hit connections that are open already. Two threads per connection: made for tests, not for load.
 * All methods may be called from any thread.
 */
public final class TcpProxy implements AutoCloseable {

    private static final long JOIN_MILLIS = 1_000;

    private final int targetPort;
    private final List<Toxic> toxics = new CopyOnWriteArrayList<>();
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytesToServer = new AtomicLong();
    private final AtomicLong bytesToClient = new AtomicLong();
    private final int port;
    private Optional<ServerSocket> listener = Optional.empty();
    private Thread acceptor;

    private TcpProxy(int targetPort) {
        this.targetPort = targetPort;
        this.port = listen(0);
    }

    /**
     * Starts a proxy on a free port.
     *
     * @param targetPort the port of the server on 127.0.0.1
     * @return the proxy
     */
    public static TcpProxy to(int targetPort) {
        return new TcpProxy(targetPort);
    }

    private synchronized int listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1024);
            listener = Optional.of(socket);
            acceptor = daemon("tcp-proxy-accept", () -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                daemon("tcp-proxy-connect", () -> connect(client));
            } catch (IOException e) {
                // the listener was closed, by refuse() or close()
            }
        }
    }

    private void connect(Socket client) {
        ProxiedConnection connection = new ProxiedConnection(this, client);
        open.add(connection);
        try {
            if (connection.waitWhile(Toxic.AcceptAndHang.class) && connection.opensTunnel()) {
                connection.join(new Socket(InetAddress.getLoopbackAddress(), targetPort));
            }
        } catch (IOException e) {
            connection.end(false);
        }
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    void countToServer(int bytes) {
        bytesToServer.addAndGet(bytes);
    }

    void countToClient(int bytes) {
        bytesToClient.addAndGet(bytes);
    }

    List<Toxic> toxics() {
        return toxics;
    }

    /** Takes a toxic that works only once; true for the one who got it. */
    boolean spend(Toxic toxic) {
        return toxics.remove(toxic);
    }

    /**
     * Adds a toxic. Of several of one kind the first is used.
     *
     * @param toxic the toxic
     * @return this
     */
    public TcpProxy add(Toxic toxic) {
        open.forEach(ProxiedConnection::countAnew);
        toxics.add(toxic);
        return this;
    }

    /**
     * Removes a toxic.
     *
     * @param toxic the toxic
     * @return this
     */
    public TcpProxy remove(Toxic toxic) {
        toxics.remove(toxic);
        return this;
    }

    /**
     * Removes all toxics.
     *
     * @return this
     */
    public TcpProxy clear() {
        toxics.clear();
        return this;
    }

    /** Closes the listener: new connections are refused. Open ones stay. */
    public synchronized void refuse() {
        listener.ifPresent(TcpProxy::close);
        listener = Optional.empty();
        try {
            // the kernel lets go of a listening socket only when the thread that waits on it has left
            acceptor.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens the listener again, on the same port. */
    public synchronized void acceptAgain() {
        if (listener.isEmpty()) {
            listen(port);
        }
    }

    /**
     * Ends all open connections.
     *
     * @param reset whether by RST instead of FIN
     */
    public void endConnections(boolean reset) {
        open.forEach(connection -> connection.end(reset));
    }

    /**
     * The port of the proxy; it stays the same.
     *
     * @return the port on 127.0.0.1
     */
    public int port() {
        return port;
    }

    /**
     * The URL clients are given.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * The connections accepted so far.
     *
     * @return their number
     */
    public int connections() {
        return connections.get();
    }

    /**
     * The connections open now.
     *
     * @return their number
     */
    public int openConnections() {
        return open.size();
    }

    /**
     * The bytes passed on to the server.
     *
     * @return their number
     */
    public long bytesToServer() {
        return bytesToServer.get();
    }

    /**
     * The bytes passed on to clients.
     *
     * @return their number
     */
    public long bytesToClient() {
        return bytesToClient.get();
    }

    @Override
    public void close() {
        refuse();
        endConnections(false);
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a {@link TcpProxy} does to the bytes of the server on their way to the client; a value. */
    public sealed interface Toxic {

        /**
         * Bytes are late.
         *
         * @param time   by how much
         * @param jitter how much more at most, drawn anew for each piece
         */
        record Latency(Duration time, Duration jitter) implements Toxic {
        }

        /**
         * Bytes come in slices.
         *
         * @param bytes the size of a slice
         * @param pause the time after each
         */
        record Slices(int bytes, Duration pause) implements Toxic {
        }

        /**
         * The connection ends after some bytes of the server, counted per connection from the moment the toxic was
         * added.
         *
         * @param bytes how many bytes pass
         * @param reset whether it ends by RST instead of FIN
         * @param once  whether the toxic is spent by the first connection it ends
         */
        record CutAfter(long bytes, boolean reset, boolean once) implements Toxic {
        }

        /**
         * After some bytes of the server no more come, and the client is told so by FIN; what the client sends still
         * arrives.
         *
         * @param bytes how many bytes pass, counted per connection from the moment the toxic was added
         */
        record HalfClose(long bytes) implements Toxic {
        }

        /** Nothing passes in either direction, and nobody is told; it goes on when the toxic is removed. */
        record Stall() implements Toxic {
        }

        /** New connections are accepted, but never reach the server. */
        record AcceptAndHang() implements Toxic {
        }

        /**
         * It is an HTTP proxy: each connection begins with a CONNECT, which is answered with that status. With any 2xx
         * the connection leads to the server from then on, whatever was asked for; else it ends.
         *
         * @param status the HTTP status
         */
        record Tunnel(int status) implements Toxic {
        }

        /**
         * Bytes are late.
         *
         * @param time   by how much
         * @param jitter how much more at most
         * @return the toxic
         */
        static Toxic latency(Duration time, Duration jitter) {
            return new Latency(time, jitter);
        }

        /**
         * Bytes come in slices.
         *
         * @param bytes the size of a slice
         * @param pause the time after each
         * @return the toxic
         */
        static Toxic slices(int bytes, Duration pause) {
            return new Slices(bytes, pause);
        }

        /**
         * One connection is closed (FIN) after some bytes.
         *
         * @param bytes how many
         * @return the toxic
         */
        static Toxic closeOnceAfter(long bytes) {
            return new CutAfter(bytes, false, true);
        }

        /**
         * One connection is reset (RST) after some bytes.
         *
         * @param bytes how many
         * @return the toxic
         */
        static Toxic resetOnceAfter(long bytes) {
            return new CutAfter(bytes, true, true);
        }
    }
}
