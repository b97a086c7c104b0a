package com.example.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** nginx with the configuration of the folder {@code nginx}, in the foreground as our child. */
final class Nginx implements AutoCloseable {

    static final String ONE = "one node";
    static final String BY_ADDRESS = "two nodes, ip_hash";
    static final String BY_COOKIE = "two nodes, cookie";
    static final String IN_TURN = "two nodes, not sticky";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Process process;

    Nginx(ForeignServer server, Node a, Node b) throws IOException, InterruptedException {
        folder = Files.createDirectories(server.work().resolve("nginx"));
        words.put("a", Integer.toString(a.port()));
        words.put("b", Integer.toString(b.port()));
        for (String door : List.of(ONE, BY_ADDRESS, BY_COOKIE, IN_TURN)) {
            words.put(door, Integer.toString(Node.freePort()));
        }
        configure(true);
        process = command("-g", "daemon off; user " + System.getProperty("user.name") + ";").start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        await("nginx, see " + folder.resolve("out.log")).atMost(PATIENCE)
                .until(() -> !process.isAlive() || process.children().findAny().isPresent());
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("out.log"))).isTrue();
    }

    private ProcessBuilder command(String... more) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("nginx"), "-p", folder.toString(), "-c",
                "nginx.conf"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()));
    }

    private void configure(boolean sticky) throws IOException {
        words.put("sticky", sticky ? "ip_hash;" : "");
        String text = Files.readString(ForeignServer.FOLDER.resolve("nginx/nginx.conf"));
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("@" + word.getKey() + "@", word.getValue());
        }
        Files.writeString(folder.resolve("nginx.conf"), text);
    }

    String url(String door) {
        return "http://127.0.0.1:" + words.get(door);
    }

    /** New workers take over; the old ones end what they hold. */
    void reload() throws IOException, InterruptedException {
        assertThat(command("-s", "reload").start().waitFor()).as("nginx -s reload").isZero();
    }

    /** The same with another configuration of {@link #IN_TURN}; the old workers are ended as well, with all they hold. */
    void reload(boolean sticky) throws IOException, InterruptedException {
        configure(sticky);
        List<ProcessHandle> old = process.children().toList();
        reload();
        await("new workers").atMost(PATIENCE).until(() -> !old.containsAll(process.children().toList()));
        old.forEach(ProcessHandle::destroyForcibly);
        await("the old workers are gone").atMost(PATIENCE).until(() -> old.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Cuts every connection, as when a machine is lost; the master starts others. */
    void killWorkers() {
        process.children().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
