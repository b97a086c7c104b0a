package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.SessionState;
import org.imsession.camel.spi.AgentCredentials;

/** An agent with a session and a client of its own, whose failures are searched for secrets. */
final class Agent implements AutoCloseable {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-05T10:00:00Z"), ZoneOffset.UTC);
    static final Duration REST = Duration.ofMinutes(5);
    static final String PASSWORD = "s3cret-Pa55word";
    static final String BASIC = "Basic " + Base64.getEncoder()
            .encodeToString(("alice:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    static final String COOKIE = "node0-secret-cookie-1";
    static final String CSRF = "0d0c2c5e-secret-csrf-1";
    static final String PROXY_PASSWORD = "pr0xy-secret";
    /** Stands in every page and answer that must not be repeated to an operator. */
    static final String PAGE = "words of the page";

    static final Answer LOGGED_IN = Answer.json(200, """
            {"statusCode":0,"user":{"id":"u1","userName":"alice","features":[{"id":"api-voice"},
            {"id":"api-voice-instant-messaging"}],"devices":[{"id":"d1","phoneNumber":"5001",
            "userState":{"state":"Ready"}}]}}""").header("Set-Cookie", "JSESSIONID=" + COOKIE + ";Path=/;HttpOnly");

    private static final ObjectMapper JSON = new ObjectMapper();

    final AtomicLong ahead = new AtomicLong();
    private final RefusedCredentials refused = new RefusedCredentials(() -> System.nanoTime() + ahead.get());
    private final GwsHttpClient http;
    private final GwsSession session;

    private final GwsSettings settings;

    private Agent(GwsHttpClient http, GwsSettings settings, AgentCredentials credentials) {
        this.http = http;
        this.settings = settings;
        this.session = new GwsSession("alice", settings, http, credentials, Runnable::run, json(), CLOCK,
                LoginPace.NONE, refused, REST);
    }

    /** Alice at that server, patient for three seconds. */
    static Agent at(LyingServer server) {
        return at(server.url(), HttpSettings.defaults());
    }

    static Agent at(String url, HttpSettings http) {
        return at(settings(url), http);
    }

    static Agent at(GwsSettings settings, HttpSettings http) {
        return with(settings, http, AgentCredentials.ofPassword("alice", PASSWORD));
    }

    static Agent with(GwsSettings settings, HttpSettings http, AgentCredentials credentials) {
        return new Agent(started(http), settings, credentials);
    }

    static GwsSettings settings(String url) {
        return GwsSettings.of(url).withRequestTimeout(Duration.ofSeconds(3));
    }

    private static GwsHttpClient started(HttpSettings settings) {
        GwsHttpClient client = new GwsHttpClient(settings.withMaxThreads(8));
        client.jetty();
        return client;
    }

    GwsSession session() {
        return session;
    }

    /** One more session at the same server, on the same client. */
    GwsSession another() {
        return another(LoginPace.NONE);
    }

    /** The same, whose requests log in when they may. */
    GwsSession another(LoginPace pace) {
        return new GwsSession("alice", settings, http, AgentCredentials.ofPassword("alice", PASSWORD), Runnable::run,
                json(), CLOCK, pace, refused, REST);
    }

    /** The same, with credentials from elsewhere. */
    GwsSession another(AgentCredentials credentials, Executor questions) {
        return new GwsSession("alice", settings, http, credentials, questions, json(), CLOCK, LoginPace.NONE,
                refused, REST);
    }

    GwsHttpClient http() {
        return http;
    }

    @Override
    public void close() {
        stop();
    }

    void stop() {
        http.close();
    }

    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What the future fails with; nothing secret and no page may be anywhere in it. */
    static GwsException failure(CompletableFuture<?> future) {
        try {
            Object result = future.get(20, TimeUnit.SECONDS);
            return fail("no failure, but " + result);
        } catch (ExecutionException e) {
            GwsException failure = GwsException.in(e).orElseThrow(() -> new AssertionError(e));
            StringWriter everything = new StringWriter();
            failure.printStackTrace(new PrintWriter(everything));
            assertThat(everything.toString()).doesNotContain(PASSWORD, BASIC.substring(6), COOKIE, CSRF, PROXY_PASSWORD,
                    PAGE);
            return failure;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static GwsJson json() {
        return new GwsJson(Agent::object, Agent::bytes, Agent::sessions, json -> sessions(json).get(0));
    }

    private static Map<String, Object> object(byte[] json) {
        try {
            return JSON.readValue(json, new TypeReference<>() { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Map<String, Object> members) {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<IMSession> sessions(byte[] json) {
        List<IMSession> sessions = new ArrayList<>();
        for (Object each : (List<?>) object(json).get("imSessions")) {
            Map<?, ?> session = (Map<?, ?>) each;
            String state = String.valueOf(session.get("state"));
            sessions.add(new IMSession(String.valueOf(session.get("id")), SessionState.of(state), state, Map.of(),
                    List.of(), List.of(), "", "", Map.of()));
        }
        return sessions;
    }
}
