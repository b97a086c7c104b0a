package org.imsession.simulator;

import java.time.Duration;

/** What a {@link TcpProxy} does with its connections, most of all to the bytes on their way to the client; a value. */
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
     * The connection ends after some bytes of the server, counted per connection from the moment the toxic was added.
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
     * It is an HTTP proxy: each connection begins with a CONNECT, which is answered with that status. With any 2xx the
     * connection leads to the server from then on, whatever was asked for; else it ends.
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
