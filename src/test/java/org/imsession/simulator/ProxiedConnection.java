package org.imsession.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link TcpProxy}: two pumps, of which the one towards the client obeys the toxics. */
final class ProxiedConnection {

    private static final long POLL_MILLIS = 5;

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
            long jitter = latency.get().jitter().toMillis();
            TimeUnit.MILLISECONDS.sleep(latency.get().time().toMillis()
                    + (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter + 1)));
        }
        int position = 0;
        while (position < length) {
            if (!waitWhile(Toxic.Stall.class)) {
                return false;
            }
            Optional<Toxic.Slices> slices = find(Toxic.Slices.class);
            int size = Math.min(length - position, slices.map(Toxic.Slices::bytes).orElse(length));
            Optional<Toxic.CutAfter> cut = find(Toxic.CutAfter.class);
            Optional<Toxic.HalfClose> half = find(Toxic.HalfClose.class);
            long left = Math.min(cut.map(Toxic.CutAfter::bytes).orElse(Long.MAX_VALUE),
                    half.map(Toxic.HalfClose::bytes).orElse(Long.MAX_VALUE)) - counted;
            size = (int) Math.max(0, Math.min(size, left));
            out.write(bytes, position, size);
            out.flush();
            position += size;
            counted += size;
            proxy.countToClient(size);
            if (size == left || left <= 0) {
                if (cut.isPresent() && counted >= cut.get().bytes()) {
                    if (!cut.get().once() || proxy.spend(cut.get())) {
                        end(cut.get().reset());
                        return false;
                    }
                } else {
                    client.shutdownOutput();
                    return false;
                }
            }
            if (slices.isPresent()) {
                TimeUnit.NANOSECONDS.sleep(slices.get().pause().toNanos());
            }
        }
        return true;
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
