package com.example.follower;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One node of a foreign server, over all its lives, on one port of loopback. */
final class Node implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final int SILENCE_MILLIS = 2_000;

    private final ForeignServer server;
    private final Path log;
    private final int port;
    private Process process;

    Node(ForeignServer server, String name) throws IOException {
        this.server = server;
        this.log = server.work().resolve("node-" + name + ".log");
        this.port = freePort();
        start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        Files.deleteIfExists(log);
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", server.classPath(),
                "com.example.gws.Node", Integer.toString(port), server.servlet())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await("listening, see " + log).atMost(START).until(() -> Files.readString(log).contains("listening"));
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** In order, as by systemd. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Nobody hears it while the node is down. */
    void publish(int from, int to) {
        try {
            HttpURLConnection request = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/publish?from="
                    + from + "&to=" + to).toURL().openConnection();
            request.setRequestMethod("POST");
            request.setConnectTimeout(SILENCE_MILLIS);
            request.setReadTimeout(SILENCE_MILLIS);
            request.getResponseCode();
            request.getInputStream().close();
        } catch (IOException e) {
            // the node is down, or was killed meanwhile: the component must tell
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
