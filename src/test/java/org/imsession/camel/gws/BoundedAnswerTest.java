package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.imsession.camel.brokenserver.Answer;
import org.imsession.camel.brokenserver.Heard;
import org.imsession.camel.brokenserver.Lie;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.brokenserver.Wire;
import org.imsession.camel.gws.GwsException.Kind;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However long, slow or compressed an answer is, it costs bounded memory and bounded time. */
class BoundedAnswerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final int LIMIT = 100_000;

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("gzip bomb", Answer.json(200, "{\"a\":\"" + "0".repeat(32 << 20) + "\"}").gzipped(),
                        Kind.TOO_LARGE),
                lie("length above the limit", Answer.json(200, " ".repeat(LIMIT + 1)), Kind.TOO_LARGE),
                lie("endless chunks", endless(CHUNKED, "400\r\n" + " ".repeat(0x400) + "\r\n"), Kind.TOO_LARGE),
                lie("endless until close", endless(OK + "\r\n", " ".repeat(1024)), Kind.TOO_LARGE),
                lie("header of 64 KiB", endless(OK + "X-Long: " + "x".repeat(1 << 16) + "\r\n\r\n", ""),
                        Kind.TOO_LARGE),
                lie("10,000 headers", endless(OK + "a: b\r\n".repeat(10_000) + "\r\n", ""), Kind.TOO_LARGE),
                lie("endless headers", endless(OK, "a: b\r\n"), Kind.TOO_LARGE),
                lie("endless status line", endless("HTTP/1.1 200 ", "very "), Kind.TOO_LARGE, Kind.BAD_ANSWER),
                lie("endless chunk extension", endless(CHUNKED + "5;", "a=b;"), Kind.TIMEOUT, Kind.BAD_ANSWER,
                        Kind.TOO_LARGE, Kind.ANSWER_LOST), // the last since Jetty takes no such thing any more
                lie("endless trailers", endless(CHUNKED + "0\r\n", "a: b\r\n"), Kind.TOO_LARGE,
                        Kind.ANSWER_LOST),
                lie("head byte by byte", dribbled(LOGGED_IN.bytes()), Kind.TIMEOUT),
                lie("body byte by byte", (request, wire) -> {
                    wire.write(OK + "Content-Length: 1000\r\n\r\n");
                    wire.dribble(new byte[1000], 50);
                }, Kind.TIMEOUT),
                lie("length is no number", Lie.raw(OK + "Content-Length: many\r\n\r\n"), Kind.BAD_ANSWER),
                lie("two lengths", Lie.raw(OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), Kind.BAD_ANSWER),
                lie("no colon", Lie.raw(OK + "Content-Length\r\n\r\n"), Kind.BAD_ANSWER),
                lie("gzip that ends too early in a whole answer", Lie.raw(OK + "Content-Encoding: gzip\r\n"
                        + "Content-Length: 12\r\n\r\n\u001f\u008b\b\0\0\0\0\0\0\0\1\2"), Kind.ANSWER_LOST),
                lie("gzip that is none", Answer.json(200, Agent.PAGE).header("Content-Encoding", "gzip"),
                        Kind.BAD_ANSWER));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void anAnswerIsBoundedAndEndsInAClearError(Lie lie, Set<Kind> kinds) {
        try (LyingServer server = LyingServer.telling(lie);
             Agent alice = Agent.at(Agent.settings(server.url()).withRequestTimeout(Duration.ofSeconds(2))
                     .withAnswerTimeout(Duration.ofSeconds(3)).withMaxAnswerLength(LIMIT), HttpSettings.defaults())) {
            GwsException failure = failure(alice.session().login());

            assertThat(failure.kind()).as(failure.getMessage()).isIn(kinds);
            assertThat(failure).hasMessageContaining(server.url());
        }
    }

    /** Jetty's client held a thread by each of these for ever, and had no more than 24. */
    @Test
    void gzipThatEndsTooEarlyHoldsNoThread() {
        Lie early = Lie.raw(OK + "Content-Encoding: gzip\r\nContent-Length: 11\r\n\r\n"
                + "\u001f\u008b\b\0\0\0\0\0\0\0\1");
        try (LyingServer server = LyingServer.telling(early); Agent alice = Agent.at(server)) {
            for (int i = 0; i < 30; i++) {
                assertThat(failure(alice.another().login()).kind()).isEqualTo(Kind.ANSWER_LOST);
            }
            server.tell(LOGGED_IN.gzipped());
            assertThat(result(alice.another().login()).userName()).isEqualTo("alice");
        }
    }

    /** 300 events at 60 KB/s took longer than requestTimeout, and were cut by us, again and again. */
    @Test
    void anAnswerOnASlowLineMayTakeLongerThanSilenceMay() {
        byte[] bytes = LOGGED_IN.bytes();
        Lie slow = (request, wire) -> {
            int head = bytes.length - 40;
            wire.write(Arrays.copyOf(bytes, head));
            wire.dribble(Arrays.copyOfRange(bytes, head, bytes.length), 60);
        };
        try (LyingServer server = LyingServer.telling(slow);
             Agent alice = Agent.at(Agent.settings(server.url()).withRequestTimeout(Duration.ofMillis(1500)),
                     HttpSettings.defaults())) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
        }
    }

    @Test
    void anAnswerThatFallsSilentInItsMiddleIsGivenUp() {
        Lie stuck = (request, wire) -> {
            wire.write(Arrays.copyOf(LOGGED_IN.bytes(), LOGGED_IN.bytes().length - 5));
            wire.untilClosed();
        };
        try (LyingServer server = LyingServer.telling(stuck);
             Agent alice = Agent.at(Agent.settings(server.url()).withRequestTimeout(Duration.ofMillis(400)),
                     HttpSettings.defaults())) {
            GwsException failure = failure(alice.session().login());
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("0.4 s of silence");
        }
    }

    @Test
    void answersThatAreCutAtOneSizeThreeTimesAreToldAsSuch() {
        Answer list = Answer.json(200, "{\"statusCode\":0,\"imSessions\":[" + " ".repeat(5000) + "]}");
        try (LyingServer server = LyingServer.telling(Lie.at("/me", LOGGED_IN, list.cutAfter(2100)));
             Agent alice = Agent.at(server)) {
            GwsSession session = alice.session();
            for (int i = 0; i < 2; i++) {
                assertThat(failure(session.sessions())).hasMessageNotContaining("something in front");
            }
            assertThat(failure(session.sessions()).getMessage())
                    .containsPattern("something in front cuts answers after \\d+ bytes");
            assertThat(session.cutting()).isPresent();
            server.tell(Answer.json(200, "{\"statusCode\":0,\"imSessions\":[" + " ".repeat(5000) + "]}"));
            assertThat(result(session.sessions())).isEmpty();
            assertThat(session.cutting()).isEmpty();
        }
    }

    static Stream<String> fronts() {
        return Stream.of("\uFEFF", "\r\n \t", "\uFEFF\r\n", "\n\uFEFF ");
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void aByteOrderMarkAndBlanksInFrontOfTheJsonAreNothing(String front) {
        Lie lie = Lie.at("/me", Answer.json(200, front + "{\"statusCode\":0,\"user\":{\"userName\":\"alice\"}}"),
                Lie.at("/im-sessions", Answer.json(200, front + "{\"statusCode\":0,\"imSessions\":[{\"id\":\"7\"}]}"),
                        Answer.json(200, front + "{\"statusCode\":0}")));
        try (LyingServer server = LyingServer.telling(lie); Agent alice = Agent.at(server)) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
            assertThat(result(alice.session().sessions())).hasSize(1);
            assertThat(result(alice.session().post(List.of("me", "im-sessions", "7"), Map.of("operationName",
                    "Complete"))).status()).isEqualTo(GwsStatus.OK);
            server.tell(Answer.json(500, front));
            assertThat(failure(alice.session().sessions()).kind()).isEqualTo(Kind.SERVER_ERROR);
        }
    }

    /** The client's own timeout is lost in one of four such floods, hence several. */
    @Test
    void interimAnswersWithoutEndHoldNoRequest() {
        Lie flood = endless("", "HTTP/1.1 102 Processing\r\n\r\n".repeat(9_000));
        try (LyingServer server = LyingServer.telling(flood);
             Agent alice = Agent.at(Agent.settings(server.url()).withRequestTimeout(Duration.ofMillis(500)),
                     HttpSettings.defaults())) {
            List<CompletableFuture<LoggedInAgent>> logins = Stream.generate(alice::another).limit(8)
                    .map(GwsSession::login).toList();

            assertThat(logins).allSatisfy(login -> assertThat(failure(login).kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    @Test
    void anHonestCompressedAnswerIsRead() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN.gzipped()); Agent alice = Agent.at(server)) {
            assertThat(result(alice.session().login()).userName()).isEqualTo("alice");
        }
    }

    @Test
    void anAnswerOfExactlyTheLimitIsRead() {
        String json = "{\"statusCode\":0}";
        Answer answer = Answer.json(200, json + " ".repeat(LIMIT - json.length()));
        try (LyingServer server = LyingServer.telling(answer);
             Agent alice = Agent.at(Agent.settings(server.url()).withMaxAnswerLength(LIMIT),
                     HttpSettings.defaults())) {
            assertThat(result(alice.session().login()).userName()).isEmpty();
        }
    }

    private static Arguments lie(String name, Lie lie, Kind... kinds) {
        return Arguments.of(Named.of(name, lie), Set.of(kinds));
    }

    private static Lie endless(String start, String more) {
        return (request, wire) -> {
            wire.write(start);
            while (!more.isEmpty()) {
                wire.write(more);
            }
            wire.untilClosed();
        };
    }

    private static Lie dribbled(byte[] bytes) {
        return (Heard request, Wire wire) -> wire.dribble(bytes, 50);
    }
}
