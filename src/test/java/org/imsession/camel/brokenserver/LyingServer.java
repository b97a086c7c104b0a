package org.imsession.camel.brokenserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on a free port of the loopback address that records each request exactly and answers it with a
 * {@link Lie}. A thread for each connection; {@link #close()} ends them all.
 *
 * <pre>{@code
 * try (LyingServer server = LyingServer.telling(Answer.json(200, "{\"statusCode\":0}").header("Set-Cookie", "a=b"))) {
 *     ... server.url() ... server.requests() ...
 * }
 * }</pre>
 */
public final class LyingServer implements AutoCloseable {

    private final ServerSocket listener;
    private final String scheme;
    private final List<Heard> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final boolean listens;
    private volatile Lie lie;

    private LyingServer(ServerSocket listener, String scheme, boolean listens, Lie lie) {
        this.listener = listener;
        this.scheme = scheme;
        this.listens = listens;
        this.lie = lie;
        start("lying-server", this::accept);
    }

    /** A server that tells this over plain HTTP. */
    public static LyingServer telling(Lie lie) {
        try {
            return new LyingServer(bound(new ServerSocket()), "http", true, lie);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A server that tells this as soon as somebody connects, whatever is sent, and then hangs up. The request of the
     * lie is empty; its {@link #url()} says https.
     */
    public static LyingServer interrupting(Lie lie) {
        try {
            return new LyingServer(bound(new ServerSocket()), "https", false, lie);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that tells this over TLS, with the certificate and protocols of the context. */
    public static LyingServer telling(Lie lie, SSLContext tls) {
        try {
            return new LyingServer(bound(tls.getServerSocketFactory().createServerSocket()), "https", true, lie);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells something else from now on. */
    public void tell(Lie newLie) {
        lie = newLie;
    }

    /** {@code http(s)://127.0.0.1:port}, without slash at the end. */
    public String url() {
        return scheme + "://127.0.0.1:" + port();
    }

    /** As {@link #url()}, under another name for this machine. */
    public String url(String host) {
        return scheme + "://" + host + ":" + port();
    }

    public URI uri() {
        return URI.create(url());
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** All requests whose head and body have come, in that order. */
    public List<Heard> requests() {
        return List.copyOf(requests);
    }

    /** The requests to that path, whatever their query. */
    public List<Heard> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** How many connections were opened, also those without any request. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(Wire::close);
        }
    }

    private static ServerSocket bound(ServerSocket socket) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1000);
        return socket;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                int number = connections.incrementAndGet();
                open.add(socket);
                start("lying-server-" + port() + "-" + number, () -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        Wire wire = new Wire(socket, closed);
        try {
            if (!listens) {
                lie.tell(new Heard(number, "", "", List.of(), new byte[0]), wire);
            }
            while (listens && !socket.isClosed()) {
                Heard request = HeardReader.read(socket.getInputStream(), number);
                if (request == null) {
                    return;
                }
                requests.add(request);
                lie.tell(request, wire);
            }
        } catch (IOException e) {
            // the client went away, or does not like our certificate: both are what tests are about
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Wire.close(socket);
            open.remove(socket);
        }
    }
}
