package org.imsession.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Takes what is posted, as an HTTP service would, on a free port of 127.0.0.1. */
final class HttpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final Board board;

    HttpReceiver(Board board) throws IOException {
        this.board = board;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/im", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            int agent = key.indexOf('-');
            board.arrived(Board.Sink.HTTP, key.substring(0, agent), key.substring(agent + 1), body);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/im";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
