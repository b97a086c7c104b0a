package org.imsession.camel.brokenserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Answers CONNECT as a proxy does, by a tunnel, but always to this port of the loopback address. */
public final class Tunnel implements Lie {

    private final int port;
    private final int status;

    private Tunnel(int port, int status) {
        this.port = port;
        this.status = status;
    }

    public static Tunnel to(LyingServer server) {
        return to(server, 200);
    }

    /** With that status, of which any 2xx means a tunnel. */
    public static Tunnel to(LyingServer server, int status) {
        return new Tunnel(server.port(), status);
    }

    @Override
    public void tell(Heard request, Wire wire) throws IOException {
        try (Socket target = new Socket("127.0.0.1", port)) {
            wire.write("HTTP/1.1 " + status + " Connected\r\n\r\n");
            Thread back = new Thread(() -> copy(target, wire), "lying-tunnel");
            back.setDaemon(true);
            back.start();
            pump(wire.input(), target.getOutputStream());
        } finally {
            wire.close();
        }
    }

    private static void copy(Socket target, Wire wire) {
        try {
            pump(target.getInputStream(), wire.output());
        } catch (IOException e) {
            // one of the two ends has closed
        } finally {
            wire.close();
        }
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }
}
