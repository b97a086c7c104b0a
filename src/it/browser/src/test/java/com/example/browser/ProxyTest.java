package com.example.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imsession.simulator.GwsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The live page behind nginx with TLS and a login, as the manual's recipe has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyTest {

    private static final String SECRET = "nobody-guesses-this-one-0123456789";
    private static final Path LOG = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));

    @TempDir
    static Path folder;
    @TempDir
    static Path proxy;
    private final GwsServer gws = GwsServer.create().agent("alice", "secret").agent("bob", "secret").start();
    private int page;
    private Routes routes;
    private Nginx nginx;

    @BeforeAll
    void startAll() throws Exception {
        page = Routes.freePort();
        int port = Routes.freePort();
        nginx = new Nginx(proxy, port, page, SECRET, Map.of("grace", "wide open 1", "heidi", "wide:open:2"));
        routes = Routes.start(gws, folder, List.of("alice", "bob"), page, Map.of(
                "camel.beans.imlive.publicUrl", "https://" + nginx.host(),
                "camel.beans.imlive.userHeader", "X-Forwarded-User", "camel.beans.imlive.secret", SECRET));
    }

    @AfterAll
    void stopAll() throws Exception {
        routes.close();
        nginx.close();
        gws.stop();
    }

    private static List<String> log() {
        try (Stream<String> lines = Files.lines(LOG)) {
            return lines.filter(line -> line.contains("IMS-025")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLog(String end) {
        await(end).atMost(Browser.PATIENCE).until(() -> log().stream().anyMatch(line -> line.endsWith(end)));
    }

    @Test
    void whoHasLoggedInSeesTextsAsTheyAreWrittenAndTheLogSaysWhoLookedAtWhat() {
        try (Browser browser = new Browser(proxy)) {
            browser.open("https://grace:wide%20open%201@" + nginx.host() + "/");
            var session = gws.agent("alice").talksTo("bob").says("first");
            browser.read("alice", "first");
            for (int i = 0; i < 20; i++) {
                session.says("text " + i);
                browser.awaitText("text " + i);
            }
            awaitLog("IMS-025 user=grace has opened the live page");
            awaitLog("IMS-025 user=grace looks at the conversation of agent=alice in session=" + session.id());
            assertThat(browser.<String>value("document.cookie")).as("hidden from scripts").doesNotContain("BAYEUX");
            session.complete();
        }
    }

    @ParameterizedTest
    @CsvSource({ "/,''", "/,grace:wrong", "/,grace:", "/,mallory:wide open 1", "/cometd,''", "/cometd,grace:wrong",
            "/page.js,''" })
    void whoHasNotIsAskedToLogIn(String path, String login) throws Exception {
        assertThat(nginx(request("GET", path, login, ""))).startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: Basic").doesNotContain("Content-Security-Policy");
    }

    @ParameterizedTest
    @ValueSource(strings = { "X-Forwarded-User", "x-forwarded-user", "X-FORWARDED-USER" })
    void aUserWhomAStrangerNamesIsOverwritten(String header) throws Exception {
        String forged = header + ": boss\r\nX-IMSession-Secret: of-his-own-making\r\n";
        String hello = bayeux("heidi:wide:open:2", forged, "/meta/handshake",
                "\"version\":\"1.0\",\"supportedConnectionTypes\":[\"long-polling\"]");
        assertThat(hello).startsWith("HTTP/1.1 200").contains("\"successful\":true")
                .containsPattern("(?i)set-cookie: BAYEUX_BROWSER=.*; *secure");
        String client = hello.replaceAll("(?s).*\"clientId\":\"([^\"]+)\".*", "$1");
        String cookie = "Cookie: " + hello.replaceAll("(?s).*(BAYEUX_BROWSER=[^;]+);.*", "$1") + "\r\n";
        int before = log().size();
        assertThat(bayeux("heidi:wide:open:2", forged + cookie, "/service/im/hello", "\"clientId\":\"" + client
                + "\",\"data\":{\"epoch\":\"\",\"n\":-1}")).contains("\"successful\":true");
        await().atMost(Browser.PATIENCE).until(() -> log().size() > before);
        assertThat(log().subList(before, log().size())).allMatch(line -> line.endsWith(
                "IMS-025 user=heidi has opened the live page"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "X-IMSession-Secret: \r\n", "X-IMSession-Secret: nobody-guesses-this-one-012345678\r\n",
            "X-IMSession-Secret: Nobody-guesses-this-one-0123456789\r\n" })
    void withoutTheSecretThePageIsRefusedWhoeverIsNamed(String secret) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", page)) {
            assertThat(answer(socket, request("GET", "/", "grace:wide open 1", "X-Forwarded-User: grace\r\n" + secret)))
                    .startsWith("HTTP/1.1 403").doesNotContain("<html");
        }
    }

    @Test
    void otherNamesAndPagesOfOthersAreRefusedBehindTheProxyToo() throws Exception {
        assertThat(nginx(request("GET", "/", "grace:wide open 1", ""))).startsWith("HTTP/1.1 200")
                .contains("Strict-Transport-Security", "Content-Security-Policy");
        assertThat(nginx(request("GET", "/", "grace:wide open 1", "").replace(Nginx.NAME, "evil.example")))
                .startsWith("HTTP/1.1 403");
        assertThat(nginx(request("GET", "/", "grace:wide open 1", "Origin: https://evil.example\r\n")))
                .startsWith("HTTP/1.1 403");
    }

    private String bayeux(String login, String headers, String channel, String members) throws Exception {
        String json = "[{\"id\":\"1\",\"channel\":\"" + channel + "\"," + members + "}]";
        return nginx(request("POST", "/cometd", login, headers + "Content-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n") + json);
    }

    private String request(String method, String path, String login, String headers) {
        String authorization = login.isEmpty() ? "" : "Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: " + nginx.host() + "\r\nConnection: close\r\n" + authorization
                + headers + "\r\n";
    }

    private String nginx(String request) throws Exception {
        try (Socket socket = nginx.connect()) {
            return answer(socket, request);
        }
    }

    private static String answer(Socket socket, String request) throws IOException {
        socket.setSoTimeout((int) Browser.PATIENCE.toMillis());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
