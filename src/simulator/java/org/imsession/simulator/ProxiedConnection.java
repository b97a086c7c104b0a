package org.imsession.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.TcpProxy.Toxic;

/** One connection through a {@link TcpProxy}: two pumps, of which the one towards the client obeys the toxics. */
final class ProxiedConnection {

    private static final long POLL_MILLIS = 5;
    private static final String HEAD_END = "\r\n\r\n";

    private final TcpProxy proxy;
    private final Socket client;
    private volatile Optional<Socket> server = Optional.empty();
    private volatile boolean ended;
    private volatile long counted;

    ProxiedConnection(TcpProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    void join(Socket target) throws IOException {
        server = Optional.of(target);
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        TcpProxy.daemon("tcp-proxy-up", () -> pump(client, target, this::passUp));
        TcpProxy.daemon("tcp-proxy-down", () -> pump(target, client, this::passDown));
    }

    /** Answers the CONNECT in front, if there is to be one; false when nothing follows. */
    boolean opensTunnel() throws IOException {
        Optional<Toxic.Tunnel> tunnel = find(Toxic.Tunnel.class);
        if (tunnel.isEmpty()) {
            return true;
        }
        int lineEnds = 0; // of the last bytes; an empty line ends the head
        while (lineEnds < HEAD_END.length()) {
            int next = client.getInputStream().read();
            if (next < 0) {
                break;
            }
            lineEnds = next == HEAD_END.charAt(lineEnds) ? lineEnds + 1 : next == '\r' ? 1 : 0;
        }
        client.getOutputStream().write(("HTTP/1.1 " + tunnel.get().status() + " From the proxy" + HEAD_END)
                .getBytes(StandardCharsets.US_ASCII));
        if (tunnel.get().status() / 100 != 2) {
            end(false);
            return false;
        }
        return true;
    }

    void countAnew() {
        counted = 0;
    }

    @FunctionalInterface
    private interface Passage {
        /** Passes bytes on; false when nothing more may pass. */
        boolean pass(byte[] bytes, int length, OutputStream out) throws IOException, InterruptedException;
    }

    private void pump(Socket from, Socket to, Passage passage) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0 && passage.pass(buffer, length, out)) {
                length = in.read(buffer);
            }
            if (length < 0) {
                waitWhile(Toxic.Stall.class);
                end(false);
            }
        } catch (IOException e) {
            end(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(false);
        }
    }

    private boolean passUp(byte[] bytes, int length, OutputStream out) throws IOException {
        if (!waitWhile(Toxic.Stall.class)) {
            return false;
        }
        out.write(bytes, 0, length);
        proxy.countToServer(length);
        return true;
    }

    private boolean passDown(byte[] bytes, int length, OutputStream out) throws IOException, InterruptedException {
        Optional<Toxic.Latency> latency = find(Toxic.Latency.class);
        if (latency.isPresent()) {
            long jitter = latency.get().jitter().toNanos();
            TimeUnit.NANOSECONDS.sleep(latency.get().time().toNanos()
                    + (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter)));
        }
        int position = 0;
        while (position < length) {
            if (!waitWhile(Toxic.Stall.class) || isEndedByToxic()) {
                return false;
            }
            Optional<Toxic.Slices> slices = find(Toxic.Slices.class);
            int slice = Math.min(length - position, slices.map(Toxic.Slices::bytes).orElse(length));
            int size = (int) Math.min(slice, Math.max(0, bytesLeft()));
            out.write(bytes, position, size);
            position += size;
            counted += size;
            proxy.countToClient(size);
            if (slices.isPresent()) {
                TimeUnit.NANOSECONDS.sleep(slices.get().pause().toNanos());
            }
        }
        return !isEndedByToxic();
    }

    /** How many bytes may pass before a toxic ends the connection. */
    private long bytesLeft() {
        return Math.min(find(Toxic.CutAfter.class).map(Toxic.CutAfter::bytes).orElse(Long.MAX_VALUE),
                find(Toxic.HalfClose.class).map(Toxic.HalfClose::bytes).orElse(Long.MAX_VALUE)) - counted;
    }

    /** Ends the connection, or half of it, when a toxic wants it so by now. */
    private boolean isEndedByToxic() throws IOException {
        Optional<Toxic.CutAfter> cut = find(Toxic.CutAfter.class).filter(each -> counted >= each.bytes());
        if (cut.isPresent() && (!cut.get().once() || proxy.spend(cut.get()))) {
            end(cut.get().reset());
            return true;
        }
        if (find(Toxic.HalfClose.class).filter(each -> counted >= each.bytes()).isPresent()) {
            client.shutdownOutput();
            return true;
        }
        return false;
    }

    private <T extends Toxic> Optional<T> find(Class<T> kind) {
        return proxy.toxics().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Waits while a kind of toxic is there; false when the connection has ended meanwhile. */
    boolean waitWhile(Class<? extends Toxic> kind) {
        try {
            while (!ended && find(kind).isPresent()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !ended;
    }

    /** Ends the connection on both sides; RST is what a close with SO_LINGER 0 sends. */
    void end(boolean reset) {
        ended = true;
        proxy.ended(this);
        try {
            if (reset) {
                client.setSoLinger(true, 0);
            }
            client.close();
            if (server.isPresent()) {
                server.get().close();
            }
        } catch (IOException e) {
            // closed already
        }
    }
}
