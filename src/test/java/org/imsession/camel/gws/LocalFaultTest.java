package org.imsession.camel.gws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imsession.camel.gws.Agent.LOGGED_IN;
import static org.imsession.camel.gws.Agent.failure;
import static org.imsession.camel.gws.Agent.result;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpRequestException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.imsession.camel.brokenserver.LyingServer;
import org.imsession.camel.gws.GwsException.Kind;
import org.imsession.camel.spi.AgentCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails on this side was told as a fault of the network, and what never left it as maybe done. */
class LocalFaultTest {

    private static final GwsSettings SETTINGS = GwsSettings.of("https://gws.example.com");
    private static final TransportFailure FAILURES =
            new TransportFailure(SETTINGS, ProxySettings.NONE);

    static Stream<Throwable> ours() {
        return Stream.of(new OutOfMemoryError("Java heap space"), new OutOfMemoryError("native thread"),
                new StackOverflowError(), new NoClassDefFoundError("x"), new IllegalStateException("s"),
                new ClassCastException("s"), new IndexOutOfBoundsException(3), new IllegalArgumentException("s"),
                new NullPointerException(), new UnsupportedOperationException(), new HttpRequestException("s", null),
                new UncheckedIOException(new ConnectException("the vault of a bean")),
                new RuntimeException(new SSLException("of a bean")), new RejectedExecutionException("s"),
                new CompletionException(new IllegalStateException("s")));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isNeverToldAsOneOfTheNetwork(Throwable failure) {
        GwsException told = FAILURES.explain(failure);

        assertThat(told.kind()).isEqualTo(Kind.LOCAL_FAULT);
        assertThat(told).hasMessageContaining("https://gws.example.com").hasMessageNotContaining("Check")
                .hasMessageNotContaining("broke").hasMessageNotContaining("vault").hasNoCause();
    }

    static Stream<Arguments> theirs() {
        return Stream.of(Arguments.of(new EOFException(), Kind.ANSWER_LOST),
                Arguments.of(new EofException(), Kind.ANSWER_LOST),
                Arguments.of(new IOException("Broken pipe"), Kind.ANSWER_LOST),
                Arguments.of(new SocketException("Connection reset"), Kind.ANSWER_LOST),
                Arguments.of(new ClosedChannelException(), Kind.ANSWER_LOST),
                Arguments.of(new AsynchronousCloseException(), Kind.ANSWER_LOST),
                Arguments.of(new CancelledKeyException(), Kind.ANSWER_LOST),
                Arguments.of(new CompletionException(new EOFException()), Kind.ANSWER_LOST),
                Arguments.of(new ConnectException("Connection refused"), Kind.UNREACHABLE),
                Arguments.of(new UnknownHostException("gws.example.com"), Kind.UNKNOWN_HOST),
                Arguments.of(new TimeoutException(), Kind.TIMEOUT),
                Arguments.of(new SSLHandshakeException("x"), Kind.TLS),
                Arguments.of(new HttpException.RuntimeException(400, "x"), Kind.BAD_ANSWER));
    }

    @ParameterizedTest
    @MethodSource("theirs")
    void isNotWhatTheNetworkOrTheServerDid(Throwable failure, Kind kind) {
        assertThat(FAILURES.explain(failure).kind()).isEqualTo(kind);
    }

    /** JUnit ends the whole run at an OutOfMemoryError that escapes. */
    static Stream<Throwable> thrown() {
        return Stream.of(new InternalError("s"), new IllegalStateException("s"),
                new RejectedExecutionException("s"));
    }

    /** Told as "may have been done" of an operation that had not even become a request. */
    @ParameterizedTest
    @MethodSource("thrown")
    void ofARequestThatCannotBeMadeItIsKnownThatItWasNotDone(Throwable failure) throws Exception {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        HttpClient http = new HttpClient() {
            @Override
            public boolean isFollowRedirects() { // asked by each request that is made
                if (fault.get() != null) {
                    throw LocalFaultTest.<RuntimeException>sneaky(fault.get());
                }
                return super.isFollowRedirects();
            }
        };
        http.setMaxRequestHeadersSize(1 << 16);
        try (LyingServer server = LyingServer.telling(LOGGED_IN)) {
            http.start();
            GwsSession session = session(server, http);
            result(session.login());
            fault.set(failure);

            GwsException told = failure(session.post(List.of("me"), Map.of("operationName", "x")));
            assertThat(told.kind()).isEqualTo(Kind.LOCAL_FAULT);
            assertThat(told.mayHaveBeenDone()).isFalse();
            assertThat(failure(session.login()).mayHaveBeenDone()).isFalse();
            assertThat(server.requests()).hasSize(1);
        } finally {
            http.stop();
        }
    }

    /** Counted as sent as soon as Jetty began with it. */
    @Test
    void ofAHeadThatCannotBeWrittenItIsKnownThatItWasNotDone() throws Exception {
        HttpClient http = new HttpClient();
        http.setMaxRequestHeadersSize(1 << 16);
        try (LyingServer server = LyingServer.telling(LOGGED_IN)) {
            http.start();
            GwsSession session = session(server, http);
            result(session.login());
            http.setMaxRequestHeadersSize(10);
            http.setRequestBufferSize(20);

            GwsException told = failure(session.post(List.of("me"), Map.of("operationName", "x")));
            assertThat(told.kind()).isEqualTo(Kind.LOCAL_FAULT);
            assertThat(told.mayHaveBeenDone()).isFalse();
            assertThat(server.requests()).hasSize(1);
        } finally {
            http.stop();
        }
    }

    @Test
    void aStoppedClientIsNoServerThatIsAway() {
        try (LyingServer server = LyingServer.telling(LOGGED_IN); Agent alice = Agent.at(server)) {
            result(alice.session().login());
            alice.stop();

            GwsException told = failure(alice.session().post(List.of("me"), Map.of("operationName", "x")));
            assertThat(told.kind()).isEqualTo(Kind.LOCAL_FAULT);
            assertThat(told).hasMessageContaining("stopped");
            assertThat(told.mayHaveBeenDone()).isFalse();
        }
    }

    /** Jetty swallows what its listeners throw: the request ended as silence, and its memory was never given back. */
    @ParameterizedTest
    @MethodSource("thrown")
    void atTheEndOfAnAnswerEndsTheRequestAndGivesItsMemoryBack(Throwable failure) {
        try (Call call = new Call()) {
            call.listener().onHeaders(call.response);
            call.listener().onContent(call.response, ByteBuffer.wrap(new byte[] {'{', '}'}));
            assertThat(call.memory.held()).isPositive();
            call.fault = failure;
            call.listener().onComplete(new Result(call.request, call.response));

            assertThat(failure(call.answer).kind()).isEqualTo(Kind.LOCAL_FAULT);
            assertThat(call.memory.held()).isZero();
        }
    }

    @Test
    void withinAnAnswerEndsTheRequest() {
        try (Call call = new Call()) {
            call.listener().onHeaders(call.response);
            call.listener().onContent(call.response, null); // as bad as any other
            assertThat(call.aborted.get()).isInstanceOf(NullPointerException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whileARequestIsHandedOverEndsItAndNothingIsSentLater(Throwable failure) {
        try (Call call = new Call(failure)) {
            GwsException told = failure(call.answer);
            assertThat(told.kind()).isEqualTo(Kind.LOCAL_FAULT);
            assertThat(told.mayHaveBeenDone()).isFalse();
            assertThat(call.aborted.get()).isSameAs(failure);
        }
    }

    private static GwsSession session(LyingServer server, HttpClient http) {
        return new GwsSession("alice", Agent.settings(server.url()),
                new GwsHttpClient(HttpSettings.defaults(), access -> http),
                AgentCredentials.ofPassword("alice", Agent.PASSWORD), Runnable::run, Agent.json(), Agent.CLOCK,
                LoginPace.NONE, new RefusedCredentials(System::nanoTime), Agent.REST);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    /** A request that nothing answers but the test. */
    private static final class Call implements AutoCloseable {

        final AnswerMemory.Share memory = new AnswerMemory(1 << 20).share(1 << 20);
        final AtomicReference<Throwable> aborted = new AtomicReference<>();
        final Request request = fake(Request.class);
        final Response response = fake(Response.class);
        final CompletableFuture<HttpAnswer> answer;
        private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("fault", true);
        private final AtomicReference<Response.Listener> listener = new AtomicReference<>();
        private final Throwable atSend;
        volatile Throwable fault;

        Call() {
            this(null);
        }

        Call(Throwable atSend) {
            this.atSend = atSend;
            LifeCycle.start(scheduler);
            answer = BoundedAnswer.of(request, URI.create("http://127.0.0.1/"), new BoundedAnswer.Limits(
                    SETTINGS.withRequestTimeout(Duration.ofMinutes(5)), FAILURES, memory, new CutAnswers()), scheduler);
        }

        Response.Listener listener() {
            return listener.get();
        }

        private <T> T fake(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method,
                    given) -> {
                if (method.getName().equals("send")) {
                    if (atSend != null) {
                        throw atSend;
                    }
                    listener.set((Response.Listener) given[0]);
                } else if (method.getName().equals("abort")) {
                    aborted.set((Throwable) given[0]);
                    return CompletableFuture.completedFuture(true);
                } else if (fault != null) {
                    throw fault;
                }
                return type.isAssignableFrom(method.getReturnType()) ? self
                        : method.getReturnType() == int.class ? 200
                        : method.getReturnType() == HttpFields.class ? HttpFields.EMPTY : null;
            }));
        }

        @Override
        public void close() {
            LifeCycle.stop(scheduler);
        }
    }

    @Test
    void aMissingJarIsNoFaultOfMemory() {
        assertThat(LocalFault.words(new NoClassDefFoundError("of a bean, perhaps with a secret")))
                .contains("NoClassDefFoundError", "A jar is missing").doesNotContain("secret", "memory");
        assertThat(LocalFault.words(new OutOfMemoryError())).contains("memory").doesNotContain("jar");
    }
}
