package org.imsession.camel.brokenserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server's side of one connection. */
public final class Wire {

    private final Socket socket;
    private final CountDownLatch serverClosed;

    Wire(Socket socket, CountDownLatch serverClosed) {
        this.socket = socket;
        this.serverClosed = serverClosed;
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** One byte for each character up to 255. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Byte by byte, with a pause behind each, until the client or the server closes. */
    public void dribble(byte[] bytes, long pauseMillis) throws IOException, InterruptedException {
        for (byte each : bytes) {
            write(new byte[] {each});
            if (pause(pauseMillis)) {
                return;
            }
        }
    }

    /** Waits, but not beyond the end of the server; returns whether the server was closed. */
    public boolean pause(long millis) throws InterruptedException {
        return serverClosed.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the end of the server, with the connection open. */
    public void untilClosed() throws InterruptedException {
        serverClosed.await();
    }

    /** Ends the connection with a FIN. */
    public void close() {
        close(socket);
    }

    /** Ends the connection with a RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The bytes behind the request, for protocols that go on differently, such as a tunnel. */
    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }
}
