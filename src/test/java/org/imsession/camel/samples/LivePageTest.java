package org.imsession.camel.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSession;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.camel.consumer.LogLines;
import org.imsession.simulator.GwsSimulator;
import org.imsession.simulator.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live page as {@code routes/live} runs it: what it tells, to whom, and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // to start all the sample routes takes long
class LivePageTest {

    private static final String SETTINGS = "file:routes/application.properties,file:routes/live/live.properties";

    @RegisterExtension
    static final GwsSimulator GWS = GwsSimulator.create().agent("alice", "secret");
    @TempDir
    static Path folder;
    private final HttpClient http = new HttpClient();
    private SampleRoutes routes;
    private int port;

    @BeforeAll
    void startPage() throws Exception {
        port = SampleRoutes.freePort();
        http.setMaxConnectionsPerDestination(500);
        http.start();
        routes = SampleRoutes.start(GWS, folder, SETTINGS, Map.of("im.live.port", String.valueOf(port)));
    }

    @AfterEach
    void endSession() {
        if (GWS.agent("alice").hasSession()) {
            GWS.agent("alice").session().complete();
        }
    }

    @AfterAll
    void stopPage() throws Exception {
        routes.close();
        http.stop();
    }

    private LiveClient page() throws InterruptedException {
        return new LiveClient(http, port, port).start();
    }

    @Test
    void aPageIsToldAllAndThenWhatFollowsNothingTwiceAndNothingMissingOverLostConnections() throws Exception {
        var session = GWS.agent("alice").session().talks().says("before the page");
        try (TcpProxy proxy = TcpProxy.to(port); LiveClient page = new LiveClient(http, proxy.port(), port).start()) {
            await().atMost(SampleRoutes.PATIENCE).until(page::knows);
            List<String> said = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 20; i++) {
                    said.add("text " + round + "." + i);
                    session.says(said.get(said.size() - 1));
                }
                proxy.endConnections(round % 2 == 0);
            }
            await().atMost(SampleRoutes.PATIENCE.multipliedBy(3)).until(() -> page.texts().size() >= said.size());
            // the first of them may have been in the snapshot, if the page came late
            assertThat(page.texts().subList(page.texts().indexOf(said.get(0)), page.texts().size())).isEqualTo(said);
            assertThat(page.snapshots()).as("what follows was enough").isEqualTo(1);
        }
    }

    @Test
    void twoHundredPagesAreToldTheSame() throws Exception {
        List<LiveClient> pages = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                pages.add(page());
            }
            await().atMost(SampleRoutes.PATIENCE).until(() -> pages.stream().allMatch(LiveClient::knows));
            var session = GWS.agent("alice").session().talks();
            List<String> said = IntStream.range(0, 100).mapToObj(i -> "text " + i).toList();
            said.forEach(session::says);
            await().atMost(SampleRoutes.PATIENCE.multipliedBy(3))
                    .until(() -> pages.stream().allMatch(page -> page.texts().size() >= said.size()));
            assertThat(pages).allSatisfy(page -> assertThat(page.texts()).isEqualTo(said));
        } finally {
            CompletableFuture.allOf(pages.stream().map(page -> CompletableFuture.runAsync(page::close))
                    .toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aPageThatDoesNotReadIsDroppedAndTheFeedGoesOn() throws Exception {
        String hello = bayeux("/meta/handshake",
                "\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"]", "");
        String client = hello.replaceAll("(?s).*\"clientId\":\"([^\"]+)\".*", "$1");
        String cookie = hello.replaceAll("(?s).*(BAYEUX_BROWSER=[^;]+);.*", "$1");
        assertThat(bayeux("/meta/subscribe", "\"subscription\":\"/im/live\"," + id(client), cookie))
                .contains("\"successful\":true");
        var template = routes.context().createProducerTemplate();
        for (int i = 0; i < 600; i++) { // more than may wait for a page
            template.sendBody("direct:im-live-changes", Map.of("epoch", "", "n", -1, "changes", List.of()));
        }
        try (LiveClient other = page()) {
            await().atMost(SampleRoutes.PATIENCE).until(other::knows);
            var session = GWS.agent("alice").session().talks();
            session.says("the feed goes on");
            await().atMost(SampleRoutes.PATIENCE).until(() -> GWS.agent("alice").queued() == 0);
            await().atMost(SampleRoutes.PATIENCE).until(() -> other.texts().contains("the feed goes on"));
        }
        assertThat(bayeux("/meta/connect", "\"connectionType\":\"long-polling\",\"advice\":{\"timeout\":0},"
                + id(client), cookie)).as("it has to begin again").contains("402").doesNotContain("/im/live");
    }

    /** 10,000 in some seconds were 10,000 lines in the log, and an answer each. */
    @Test
    void aPageThatAsksMoreThanPeopleDoIsDroppedAndOthersAreAnswered() throws Exception {
        LogLines log = new LogLines();
        log.beforeEach(null);
        try (LiveClient other = page()) {
            String hello = bayeux("/meta/handshake",
                    "\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"]", "");
            String client = hello.replaceAll("(?s).*\"clientId\":\"([^\"]+)\".*", "$1");
            String cookie = hello.replaceAll("(?s).*(BAYEUX_BROWSER=[^;]+);.*", "$1");
            String question = "{\"channel\":\"/service/im/hello\",\"data\":{\"n\":-1}," + id(client) + "}";
            post("[" + String.join(",", Collections.nCopies(100, question)) + "]", cookie);
            for (int i = 0; i < 10; i++) {
                assertThat(post("[" + question + "]", cookie)).contains("402");
            }
            assertThat(log.with("has opened the live page")).hasSizeLessThanOrEqualTo(9);
            assertThat(log.with("asks more than people do")).singleElement().asString().contains("WARN", "IMS-025");
            await().atMost(SampleRoutes.PATIENCE).until(other::knows);
            GWS.agent("alice").session().talks().says("who does not ask is told");
            await().atMost(SampleRoutes.PATIENCE).until(() -> other.texts().contains("who does not ask is told"));
        } finally {
            log.afterEach(null);
        }
    }

    @Test
    void whoLooksAtWhatIsInTheLogAndNoText() throws Exception {
        LogLines log = new LogLines();
        log.beforeEach(null);
        try (LiveClient page = page()) {
            await().atMost(SampleRoutes.PATIENCE).until(page::knows);
            var session = GWS.agent("alice").session().talks().says("a secret of theirs");
            await().atMost(SampleRoutes.PATIENCE).until(() -> page.texts().contains("a secret of theirs"));
            page.bayeux().getChannel("/service/im/look").publish(Map.of("key", page.keyOf(session.id())));
            await().atMost(SampleRoutes.PATIENCE).until(() -> log.with("looks at the conversation").size() == 1);
            assertThat(log.with("IMS-025")).anyMatch(line -> line.endsWith("somebody on this machine looks at the"
                    + " conversation of agent=alice in session=" + session.id()));
            assertThat(log.with("a secret of theirs")).isEmpty();
        } finally {
            log.afterEach(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/**", "/*", "/im/*", "/im/**", "/im/other", "/service/im/hello", "/other", "/im/live/1" })
    void otherChannelsAreNotHeard(String channel) throws Exception {
        try (LiveClient page = page()) {
            CompletableFuture<Message> reply = new CompletableFuture<>();
            page.bayeux().getChannel(channel).subscribe((any, message) -> { }, reply::complete);
            if (channel.startsWith("/service/")) { // allowed by the protocol, and means nothing
                reply.get(20, TimeUnit.SECONDS);
            } else {
                assertThat(reply.get(20, TimeUnit.SECONDS).isSuccessful()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/im/live", "/im/other", "/service/other", "/service/im", "/service/im/other", "/other" })
    void pagesPublishNothing(String channel) throws Exception {
        try (LiveClient page = page(); LiveClient other = page()) {
            await().atMost(SampleRoutes.PATIENCE).until(other::knows);
            CompletableFuture<Message> reply = new CompletableFuture<>();
            page.bayeux().getChannel(channel).publish(Map.of("epoch", "", "n", 1, "changes", List.of()),
                    reply::complete);
            assertThat(reply.get(20, TimeUnit.SECONDS).isSuccessful()).isFalse();
            assertThat(other.messages()).noneMatch(message -> "".equals(message.getDataAsMap().get("epoch")));
        }
    }

    @Test
    void whatTravelsBesideTheDataIsDroppedBothWays() throws Exception {
        try (LiveClient page = page()) {
            page.bayeux().addExtension(new ClientSession.Extension() {
                @Override
                public boolean send(ClientSession session, Message.Mutable message) {
                    message.getExt(true).put("CamelHeaders", new HashMap<>(Map.of("CamelFileName", "/tmp/evil")));
                    return true;
                }
            });
            CompletableFuture<Message> meta = new CompletableFuture<>();
            page.bayeux().getChannel("/service/im/look").publish(Map.of("key", "none"), meta::complete);
            GWS.agent("alice").session().talks().says("hello");
            await().atMost(SampleRoutes.PATIENCE).until(() -> page.texts().contains("hello"));
            assertThat(meta.get(20, TimeUnit.SECONDS).getExt()).isNull();
            assertThat(page.messages()).isNotEmpty().allSatisfy(message -> {
                assertThat(message.getExt()).isNull();
                assertThat(message.toString()).doesNotContain("Camel");
            });
        }
    }

    @Test
    void aTextIsGivenToThePageAsItWasSaid() throws Exception {
        List<String> payloads = List.of("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"';--</li>",
                "javascript:alert(1)", "{{7*7}} ${7*7}", "\u202Eevil", "line\nbreak\ttab \u0000", "👍 سلام");
        try (LiveClient page = page()) {
            await().atMost(SampleRoutes.PATIENCE).until(page::knows);
            var session = GWS.agent("alice").session().talks();
            payloads.forEach(session::says);
            await().atMost(SampleRoutes.PATIENCE).until(() -> page.texts().size() == payloads.size());
            assertThat(page.texts()).isEqualTo(payloads);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1|Host: evil.example:PORT|", "GET / HTTP/1.1|Host: evil.example|",
            "GET / HTTP/1.1|Host: 127.0.0.1:PORT|Origin: http://evil.example|",
            "POST /cometd HTTP/1.1|Host: 127.0.0.1:PORT|Origin: http://evil.example|Content-Length: 0|",
            "POST /cometd HTTP/1.1|Host: 127.0.0.1:PORT|Sec-Fetch-Site: cross-site|Content-Length: 0|" })
    void othersAreRefused(String request) throws Exception {
        assertThat(raw(request)).startsWith("HTTP/1.1 403").doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET /cometd?message=%5B%5D&jsonp=x HTTP/1.1", "DELETE / HTTP/1.1", "GET /org/ HTTP/1.1",
            "GET /../application.properties HTTP/1.1", "GET /page/ HTTP/1.1", "GET /META-INF/MANIFEST.MF HTTP/1.1",
            "OPTIONS /cometd HTTP/1.1", "GET /%2e%2e/LivePage.class HTTP/1.1", "GET /cometd/../index.html HTTP/1.1" })
    void nothingElseIsServed(String request) throws Exception {
        assertThat(raw(request + "|Host: 127.0.0.1:PORT|")).containsPattern("^HTTP/1.1 4\\d\\d");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/index.html", "/page.js", "/page.css", "/cometd.js" })
    void thePageComesWithAPolicyThatLetsNothingElseIn(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1|Host: 127.0.0.1:PORT|")).startsWith("HTTP/1.1 200")
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff", "Cache-Control: no-store");
    }

    @Test
    void anAddressThatOthersReachIsRefused() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            assertThatThrownBy(() -> routes.context().createProducerTemplate().sendBody("imlive://0.0.0.0:"
                    + other.getLocalPort() + "/im/live", "")).rootCause().hasMessageContaining("0.0.0.0")
                    .hasMessageContaining("use 127.0.0.1");
        }
    }

    private static String id(String client) {
        return "\"clientId\":\"" + client + "\"";
    }

    private String bayeux(String channel, String members, String cookie) throws IOException {
        String json = "[{\"id\":\"1\",\"channel\":\"" + channel + "\"," + members + "}]";
        return post(json, cookie);
    }

    private String post(String json, String cookie) throws IOException {
        return raw("POST /cometd HTTP/1.1|Host: 127.0.0.1:PORT|Content-Type: application/json|Cookie: " + cookie
                + "|Content-Length: " + json.length() + "|", json);
    }

    private String raw(String request) throws IOException {
        return raw(request, "");
    }

    /** What is answered to those lines. */
    private String raw(String lines, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) SampleRoutes.PATIENCE.toMillis());
            socket.getOutputStream().write((lines.replace("PORT", String.valueOf(port)) + "Connection: close||")
                    .replace("|", "\r\n").concat(body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
