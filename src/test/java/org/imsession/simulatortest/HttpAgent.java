package org.imsession.simulatortest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.imsession.simulator.GwsServer;

/** A plain HTTP client of one agent: keeps cookies, sends headers, hides nothing. */
final class HttpAgent {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private HttpAgent(String url) {
        this.url = url;
    }

    record Answer(int status, Map<String, String> headers, byte[] bytes) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Somebody without credentials. */
    static HttpAgent nobody(GwsServer gws) {
        return new HttpAgent(gws.url());
    }

    /** Somebody whose requests go to another address, such as a proxy in front of the server. */
    static HttpAgent at(String url) {
        return new HttpAgent(url);
    }

    /** An agent who has logged in by GET /me, and goes on with the cookie only. */
    static HttpAgent loggedIn(GwsServer gws, String name, String password) throws Exception {
        HttpAgent agent = nobody(gws).basic(name, password);
        Answer answer = agent.get("/api/v2/me");
        if (answer.status() != 200) {
            throw new AssertionError("Login: " + answer.status() + " " + answer.text());
        }
        return agent.without("Authorization");
    }

    HttpAgent basic(String name, String password) {
        String credentials = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(
                StandardCharsets.UTF_8));
        return with("Authorization", "Basic " + credentials);
    }

    HttpAgent with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    HttpAgent without(String header) {
        headers.remove(header);
        return this;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    Answer get(String path) throws Exception {
        return remember(HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    Answer post(String path, String body) throws Exception {
        return remember(HTTP.send(postRequest(path, body), HttpResponse.BodyHandlers.ofByteArray()));
    }

    CompletableFuture<Answer> postLater(String path, String body) {
        return HTTP.sendAsync(postRequest(path, body), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(this::remember);
    }

    private HttpRequest postRequest(String path, String body) {
        return request(path).header("Content-Type", "application/json;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        headers.forEach(builder::header);
        if (!cookies.isEmpty()) {
            builder.header("Cookie", cookies.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("; ")));
        }
        return builder;
    }

    private synchronized Answer remember(HttpResponse<byte[]> response) {
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        Map<String, String> first = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT),
                values.get(0)));
        return new Answer(response.statusCode(), first, response.body());
    }
}
