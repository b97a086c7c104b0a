package org.imsession.camel.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** GWS and its Bayeux server, as far as a feed needs them, which answers at random until it is told to be good. */
final class HostileServer implements AutoCloseable {

    static final String MARK = "the storm is over";
    private static final int VARIANTS = 48;
    private static final String EVENT = "{\"channel\":\"/v2/me/im-sessions\",\"data\":{\"messageType\":"
            + "\"IMLogUpdateMessage\",\"notificationType\":\"NewMessage\",\"imSessionPath\":\"/im-sessions/7\","
            + "\"message\":\"" + MARK + "\"}},";

    final AtomicLong answers = new AtomicLong();
    final AtomicLong packed = new AtomicLong();
    final AtomicLong unpacked = new AtomicLong();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, AtomicLong> batches = new ConcurrentHashMap<>();
    private final Map<String, AtomicReferenceArray<RandomAnswer>> pools = new ConcurrentHashMap<>();
    private final Random random;
    private volatile boolean good;

    HostileServer(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 500);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        for (String step : new String[] {"/meta/connect", "/meta/handshake", "user", "imSessions"}) {
            AtomicReferenceArray<RandomAnswer> pool = new AtomicReferenceArray<>(VARIANTS);
            for (int i = 0; i < VARIANTS; i++) {
                pool.set(i, make(step));
            }
            pools.put(step, pool);
        }
        server.start();
        threads.execute(this::makeMore);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on everything is answered as it should be. */
    void beGood() {
        good = true;
    }

    private RandomAnswer make(String step) {
        return step.startsWith("/") ? RandomAnswer.bayeux(random, step) : RandomAnswer.object(random, step);
    }

    /** Each variant is sent several times, since it takes longer to make one than to send it. */
    private void makeMore() {
        while (!good && closed.getCount() > 0) {
            pools.forEach((step, pool) -> pool.set(random.nextInt(VARIANTS), make(step)));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (path.endsWith("/me")) {
                exchange.getResponseHeaders().add("Set-Cookie", "JSESSIONID=" + user(exchange) + "; Path=/");
                answer(exchange, "user", 10, "{\"statusCode\":0,\"user\":{\"userName\":\"a\"}}");
            } else if (path.endsWith("/im-sessions")) {
                answer(exchange, "imSessions", 50, "{\"statusCode\":0,\"imSessions\":[]}");
            } else if (body.contains("/meta/handshake")) {
                answer(exchange, "/meta/handshake", 10, reply("/meta/handshake",
                        ",\"version\":\"1.0\",\"clientId\":\"" + Long.toString(random.nextLong(), 36)
                        + "\",\"supportedConnectionTypes\":[\"long-polling\"],\"ext\":{\"ack\":true}"));
            } else if (body.contains("/meta/connect")) {
                connect(exchange, body.contains("\"timeout\":0"));
            } else {
                good(exchange, reply(body.contains("/meta/subscribe") ? "/meta/subscribe" : "/meta/disconnect",
                        ",\"subscription\":\"/v2/me/im-sessions\""));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reply(String channel, String rest) {
        return "[{\"channel\":\"" + channel + "\",\"successful\":true" + rest + "}]";
    }

    private void connect(HttpExchange exchange, boolean first) throws IOException, InterruptedException {
        String agent = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        String end = reply("/meta/connect", ",\"advice\":{\"timeout\":5000},\"ext\":{\"ack\":"
                + batches.computeIfAbsent(agent, key -> new AtomicLong()).incrementAndGet() + "}");
        if (first) {
            answer(exchange, "/meta/connect", 20, end);
        } else if (good) {
            closed.await(1, TimeUnit.SECONDS);
            good(exchange, "[" + EVENT + end.substring(1));
        } else {
            answer(exchange, "/meta/connect", 90, end);
        }
    }

    private static String user(HttpExchange exchange) {
        String basic = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return basic.startsWith("Basic ") ? new String(Base64.getDecoder().decode(basic.substring(6)),
                StandardCharsets.UTF_8).split(":")[0] : "nobody";
    }

    private void answer(HttpExchange exchange, String step, int percentBad, String right) throws IOException {
        if (good || ThreadLocalRandom.current().nextInt(100) >= percentBad) {
            good(exchange, right);
            return;
        }
        RandomAnswer bad = pools.get(step).get(ThreadLocalRandom.current().nextInt(VARIANTS));
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        boolean cut = ThreadLocalRandom.current().nextInt(30) == 0;
        exchange.sendResponseHeaders(200, bad.packed().length + (cut ? 1000 : 0));
        exchange.getResponseBody().write(bad.packed());
        answers.incrementAndGet();
        packed.addAndGet(bad.packed().length);
        unpacked.addAndGet(bad.unpacked());
    }

    private static void good(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
