package org.imsession.camel.samples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imsession.simulator.GwsServer;

/** The sample routes with their own settings for health and meters over HTTP, but for the port. */
final class Observed implements AutoCloseable {

    private static final Duration MOST = Duration.ofSeconds(10);

    private final int port;
    private final SampleRoutes routes;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> answers = new ArrayList<>();

    Observed(GwsServer gws, Path folder, Map<String, String> properties) throws Exception {
        port = SampleRoutes.freePort();
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(Map.of("im.observe", "true", "im.observe.port", String.valueOf(port)));
        routes = SampleRoutes.begin(gws, folder, all);
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(MOST).build(), HttpResponse.BodyHandlers.ofString());
        answers.add(answer.body());
        return answer;
    }

    /** All that was answered so far. */
    List<String> answers() {
        return answers;
    }

    @Override
    public void close() {
        routes.close();
    }
}
