package org.imsession.camel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Headless Chromium with one page, led by its DevTools protocol: so no driver and no library is needed. Chromium is
 * looked for on the path. One thread at a time.
 */
final class Chromium implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] NAMES = { "chromium", "chromium-browser", "google-chrome" };
    private static final String LISTENING = "DevTools listening on ";
    private static final int PATIENCE_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Process process;
    private final WebSocket socket;
    private int number;

    /** @param profile an empty folder */
    Chromium(Path profile) throws Exception {
        process = new ProcessBuilder(program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--window-size=1280,800", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                .redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        HttpClient http = HttpClient.newHttpClient();
        URI pages = URI.create("http://127.0.0.1:" + port() + "/json/list");
        String page = "";
        while (page.isEmpty()) {
            for (JsonNode each : JSON.readTree(http.send(HttpRequest.newBuilder(pages).build(),
                    HttpResponse.BodyHandlers.ofString()).body())) {
                page = each.path("type").asText().equals("page") ? each.path("webSocketDebuggerUrl").asText() : page;
            }
        }
        socket = http.newWebSocketBuilder().buildAsync(URI.create(page), new Answers()).get(PATIENCE_SECONDS,
                TimeUnit.SECONDS);
        tell("Page.enable", Map.of());
        tell("Performance.enable", Map.of("timeDomain", "threadTicks")); // others may have the processor meanwhile
    }

    private static String program() {
        for (String name : NAMES) {
            for (String folder : System.getenv("PATH").split(":")) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return Path.of(folder, name).toString();
                }
            }
        }
        throw new IllegalStateException("no browser: there is no " + NAMES[0] + " on the path; on Debian or Ubuntu,"
                + " apt-get install chromium");
    }

    private int port() throws IOException {
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread rest = new Thread(() -> said.lines().forEach(each -> { }), "chromium"); // or it would stop
                rest.setDaemon(true);
                rest.start();
                return URI.create(line.substring(LISTENING.length())).getPort();
            }
        }
        throw new IllegalStateException("Chromium has not started");
    }

    /** Takes answers in, which may come in parts. */
    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    JsonNode answer = JSON.readTree(text.toString());
                    CompletableFuture<JsonNode> waiting = asked.remove(answer.path("id").asInt());
                    if (waiting != null) {
                        waiting.complete(answer);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                } finally {
                    text.setLength(0);
                }
            }
            from.request(1);
            return null;
        }
    }

    /** Asks for something of the protocol and waits for what comes of it. */
    JsonNode tell(String method, Map<String, ?> parameters) throws Exception {
        int id = ++number;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true);
        JsonNode result = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result.has("error") || result.path("result").has("exceptionDetails")) {
            throw new IllegalStateException(method + " " + parameters + ": " + result);
        }
        return result.path("result");
    }

    /** What an expression comes to in the page. */
    JsonNode value(String expression) throws Exception {
        return tell("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true)).path("result")
                .path("value");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).handle((ended, late) -> process.destroyForcibly()).join();
    }
}
