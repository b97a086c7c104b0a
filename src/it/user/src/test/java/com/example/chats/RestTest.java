package com.example.chats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.rest.RestBindingMode;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The REST DSL with {@code bindingMode(json)}: typed bodies go out and come in as the canonical JSON. */
class RestTest {

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final Main main = new Main();
    private int port;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                restConfiguration().bindingMode(RestBindingMode.json);
                rest("/chats")
                    .get("/last").to("direct:last")
                    .post("/events").type(IMSessionNotification.class).to("direct:received")
                    .post("/orders").type(IMSessionRequest.class).to("direct:orders");
                from("direct:last").process(exchange -> exchange.getMessage().setBody(Events.change(getContext())));
                from("direct:orders").process(exchange -> received.add(exchange.getMessage().getBody()));
                from("direct:received").process(exchange -> received.add(exchange.getMessage().getBody()));
            }
        });
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aTypedBodyGoesOutAsTheCanonicalJson() throws Exception {
        HttpResponse<String> answer = send(request("/chats/last").GET());

        assertEquals(main.getCamelContext().getTypeConverter().convertTo(String.class,
                Events.change(main.getCamelContext())), answer.body());
    }

    @Test
    void anEventComesInAsItsTypeAndGoesBackAsItCame() throws Exception {
        HttpResponse<String> answer = send(request("/chats/events").POST(BodyPublishers.ofString(Events.TEXT)));

        Object body = received.poll(20, TimeUnit.SECONDS);
        String canonical = main.getCamelContext().getTypeConverter().convertTo(String.class,
                Events.text(main.getCamelContext()));
        assertEquals(canonical, main.getCamelContext().getTypeConverter().convertTo(String.class, body));
        assertEquals(canonical, answer.body());
    }

    @Test
    void aRequestComesInAsTheOperationThatItNames() throws Exception {
        send(request("/chats/orders").POST(BodyPublishers.ofString(
                "{\"operation\": \"complete\", \"sessionId\": \"7\"}")));

        assertEquals(new IMSessionRequest.Complete("7"), received.poll(20, TimeUnit.SECONDS));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer;
    }
}
