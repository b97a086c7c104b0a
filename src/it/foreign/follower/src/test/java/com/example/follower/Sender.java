package com.example.follower;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Sends numbers, some at a time, to all nodes, and notes when. A contact centre does not wait for anybody. */
final class Sender implements AutoCloseable {

    private static final int TOGETHER = 10;
    private static final long PAUSE_MILLIS = 50;

    /** When the numbers from one to another were sent: not before, and not after. */
    record Sent(int from, int to, Instant notBefore, Instant notAfter) {
    }

    private final List<Node> nodes;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::send, "sender");
    private volatile boolean ended;
    private volatile int last;

    Sender(List<Node> nodes) {
        this.nodes = nodes;
    }

    void begin() {
        thread.start();
    }

    private void send() {
        while (!ended) {
            int from = last + 1;
            int to = last + TOGETHER;
            Instant before = Instant.now();
            nodes.forEach(node -> node.publish(from, to));
            sent.add(new Sent(from, to, before, Instant.now()));
            last = to;
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** The last number that has been sent. */
    int last() {
        return last;
    }

    List<Sent> sent() {
        return sent;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
