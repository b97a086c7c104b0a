package org.imsession.camel.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;

/** The same by hand, with Jetty's client and Jackson: destination and device are known, and no text comes back. */
final class RawTexts implements TextSender {

    private static final int CONNECTIONS = 40_000;

    private final HttpClient http = new HttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final String api;

    RawTexts(String url) throws Exception {
        this.api = url + "/api/v2/me";
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setMaxConnectionsPerDestination(CONNECTIONS);
        http.setMaxRequestsQueuedPerDestination(CONNECTIONS);
        http.start();
    }

    @Override
    public CompletableFuture<?> add(Talk talk) {
        String credential = Base64.getEncoder().encodeToString(
                (talk.agent() + ":" + ServerProcess.PASSWORD).getBytes(StandardCharsets.UTF_8));
        return answer(http.newRequest(api).headers(headers -> headers.put(HttpHeader.AUTHORIZATION,
                "Basic " + credential)), talk);
    }

    @Override
    public CompletableFuture<?> send(Talk talk, int texts) {
        CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
        for (int i = 0; i < texts; i++) {
            String text = "Text " + i;
            sent = sent.thenCompose(before -> post(talk, text));
        }
        return sent;
    }

    private CompletableFuture<?> post(Talk talk, String text) {
        try {
            return answer(http.newRequest(api + "/im-sessions/" + talk.session()).method(HttpMethod.POST)
                    .headers(headers -> headers.put(HttpHeader.COOKIE, cookies.get(talk.agent())))
                    .body(new StringRequestContent("application/json", mapper.writeValueAsString(Map.of(
                            "operationName", "SendMessage", "text", text,
                            "destination", Map.of("phoneNumber", talk.peer()), "devicePath", talk.device())))), talk);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> answer(Request request, Talk talk) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        request.send(new BufferingResponseListener() {
            @Override
            public void onComplete(Result result) {
                try {
                    if (result.isFailed() || mapper.readTree(getContent()).path("statusCode").asInt(-1) != 0) {
                        throw new IllegalStateException(result + " " + getContentAsString());
                    }
                    if (!cookies.containsKey(talk.agent())) {
                        cookies.put(talk.agent(), result.getResponse().getHeaders()
                                .getValuesList(HttpHeader.SET_COOKIE).stream().map(each -> each.split(";")[0])
                                .collect(Collectors.joining("; ")));
                    }
                    answered.complete(null);
                } catch (Exception e) {
                    answered.completeExceptionally(e);
                }
            }
        });
        return answered;
    }

    @Override
    public void close() throws Exception {
        http.stop();
    }
}
