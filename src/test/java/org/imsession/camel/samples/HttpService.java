package org.imsession.camel.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP service that notes what is posted, and answers 204, or first what it was told to. */
final class HttpService implements AutoCloseable {

    record Post(String method, String contentType, String idempotencyKey, List<String> headers, String body) {
    }

    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    HttpService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/im", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/im";
    }

    /** The next posts are answered so, one each. */
    HttpService answersFirst(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /** The next post. */
    Post take() throws InterruptedException {
        Post post = posts.poll(SampleRoutes.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (post == null) {
            throw new AssertionError("nothing was posted");
        }
        return post;
    }

    /** How many were posted. */
    int taken() {
        return count.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            count.incrementAndGet();
            posts.add(new Post(exchange.getRequestMethod(), headers.getFirst("Content-Type"),
                    headers.getFirst("Idempotency-Key"), List.copyOf(headers.keySet()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
