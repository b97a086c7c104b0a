package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Prometheus, on a port of its own choice, which scrapes and evaluates each second. */
final class Prometheus implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("Listening on\" address=(\\S+)");
    private static final Duration MOST = Duration.ofSeconds(30);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    /**
     * @param settings the settings of the samples
     * @param port     of the samples, in place of that in the settings
     */
    Prometheus(Path settings, int port, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), "global:\n  evaluation_interval: 1s\n"
                + Files.readString(settings)
                .replace("alerts.yml", settings.resolveSibling("alerts.yml").toString())
                .replace("scrape_interval: 15s", "scrape_interval: 1s").replace("9876", String.valueOf(port)));
        Path log = folder.resolve("prometheus.log");
        process = new ProcessBuilder("prometheus", "--config.file=" + file, "--web.listen-address=127.0.0.1:0",
                "--storage.tsdb.path=" + folder.resolve("prometheus")).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        url = "http://" + await().atMost(SampleRoutes.PATIENCE).until(() -> {
            Matcher line = LISTENS.matcher(Files.readString(log));
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            return line.find() ? line.group(1) : "";
        }, address -> !address.isEmpty());
    }

    /** Whether there is a program on the path. */
    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(each ->
                Files.isExecutable(Path.of(each, program)));
    }

    /** The result of an expression; an error is one of the test. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result");
    }

    /** The data of an answer of the API; an error is one of the test. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
                .timeout(MOST).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode json = new ObjectMapper().readTree(answer.body());
        assertThat(json.path("status").asText()).as(path + " " + answer.body()).isEqualTo("success");
        return json.path("data");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
