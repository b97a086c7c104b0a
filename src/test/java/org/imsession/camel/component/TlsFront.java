package org.imsession.camel.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** Ends TLS in front of a plain server, as a load balancer does. */
public final class TlsFront implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;

    /**
     * On a free port.
     *
     * @param certificate what it shows
     * @param target      the port of the plain server
     */
    public TlsFront(SSLContext certificate, int target) {
        this.target = target;
        try {
            listener = certificate.getServerSocketFactory().createServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** {@return the address that clients are given} */
    public String url() {
        return "https://localhost:" + listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            daemon(() -> {
                try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                    daemon(() -> pump(server, client));
                    pump(client, server);
                }
            });
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
        to.close();
    }

    private interface Task {

        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // closed, or a client that does not like the certificate
            }
        }, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
