package org.imsession.camel.bayeux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EofException;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.gws.GwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails on this side was told as a broken connection, and counted as a cut answer. */
class LocalFaultTest {

    private static final String EVENT = "{\"channel\":\"/v2/me/im-sessions\",\"data\":{}}";

    private final Reply connect = new Reply();
    private final Failures failures = new Failures(null, () -> "");
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    private final PollsUnderWay underWay = new PollsUnderWay(timers) {

        @Override
        void remove(LongPoll poll) {
            super.remove(poll);
            told.add("over");
        }
    };
    private final List<String> told = new ArrayList<>();
    private final List<Answer> givenUp = new ArrayList<>();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final AtomicReference<Throwable> aborted = new AtomicReference<>();
    private final AnswerMemory.Share memory = new AnswerMemory(1 << 24).share(1 << 24);
    private final Request request = fake(Request.class);
    private final Response response = fake(Response.class);
    private Throwable atSend;
    private Request.HeadersListener headers = each -> { };
    private Request.CommitListener commit = each -> { };
    private Runnable whole = () -> told.add("whole");

    LocalFaultTest() {
        connect.setChannel(Channel.META_CONNECT);
        connect.setId("1");
    }

    @AfterEach
    void end() {
        timers.shutdownNow();
    }

    static Stream<Throwable> ours() {
        return Stream.of(new InternalError("s"), new StackOverflowError(), new IllegalStateException("s"),
                new ClassCastException("s"), new NullPointerException(), new RejectedExecutionException("s"));
    }

    static Stream<Throwable> theirs() {
        return Stream.of(new EOFException(), new EofException(), new IOException("s"), new ClosedChannelException(),
                new SocketException("s"));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isToldInWordsOfItsOwn(Throwable failure) {
        BayeuxFailure of = failures.of(connect, failure);

        assertThat(of.kind()).isEqualTo(BayeuxFailure.Kind.LOCAL_FAULT);
        assertThat(of.detail()).doesNotContain("the connection broke").contains("/meta/connect");
        assertThat(of.sessionMayLive()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("theirs")
    void isNotWhatTheNetworkDid(Throwable failure) {
        assertThat(failures.of(connect, failure).kind()).isEqualTo(BayeuxFailure.Kind.NETWORK);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isNoAnswerThatWasCut(Throwable failure) {
        LongPoll poll = sent();
        begin(poll);
        poll.onComplete(new Result(request, response, failure));

        assertThat(told).containsExactly("over", "given up", "failed");
        assertThat(failed.get()).isSameAs(failure);
        assertThat(givenUp).singleElement().satisfies(answer -> assertThat(answer.events()).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("theirs")
    void isNotWhatCutAnAnswer(Throwable failure) {
        LongPoll poll = sent();
        begin(poll);
        poll.onComplete(new Result(request, response, failure));

        assertThat(told).containsExactly("over", "cut", "failed");
    }

    @Test
    void anAnswerThatFellSilentWasNotCutEither() {
        LongPoll poll = sent();
        begin(poll);
        poll.onComplete(new Result(request, response, new TimeoutException()));

        assertThat(told).containsExactly("over", "given up", "failed");
    }

    /** CometD ends the requests of a session that is over with an IOException of its own. */
    @Test
    void anAnswerOfASessionThatIsOverWasNotCutEither() {
        LongPoll poll = sent();
        begin(poll);
        poll.abort(new IOException("Abort"));
        poll.onComplete(new Result(request, response, aborted.get()));

        assertThat(told).containsExactly("over", "given up", "failed");
    }

    @ParameterizedTest
    @MethodSource("ours")
    void atTheEndOfAnAnswerIsToldToCometD(Throwable failure) {
        whole = () -> LocalFaultTest.<RuntimeException>sneaky(failure);
        LongPoll poll = sent();
        begin(poll);
        poll.onContent(response, bytes("]"));
        poll.onComplete(new Result(request, response));

        assertThat(failed.get()).isSameAs(failure);
        assertThat(memory.held()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void atTheBeginningOfAnAnswerEndsTheRequest(Throwable failure) {
        LongPoll poll = poll(() -> LocalFaultTest.<RuntimeException>sneaky(failure));
        poll.send(underWay);
        headers.onHeaders(request);
        commit.onCommit(request);
        poll.onHeaders(response);
        assertThat(aborted.get()).isSameAs(failure);
        poll.onComplete(new Result(request, response, failure));
        assertThat(failed.get()).isSameAs(failure);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void whileARequestIsHandedOverIsToldAsUnsent(Throwable failure) {
        atSend = failure;
        poll(this::parser).send(underWay);

        assertThat(told).containsExactly("over", "failed");
        assertThat(failed.get()).isInstanceOf(GwsException.class);
        assertThat(failures.of(connect, failed.get()).kind()).isEqualTo(BayeuxFailure.Kind.UNREACHABLE);
        assertThat(aborted.get()).isSameAs(failure);
    }

    @Test
    void aHeadThatCannotBeWrittenIsToldAsUnsent() {
        LongPoll poll = poll(this::parser);
        poll.send(underWay);
        headers.onHeaders(request);
        poll.onComplete(new Result(request, response, new IllegalArgumentException("Request headers too large")));

        assertThat(told).containsExactly("sending", "over", "failed");
        assertThat(failures.of(connect, failed.get()).kind()).isEqualTo(BayeuxFailure.Kind.UNREACHABLE);
    }

    private LongPoll sent() {
        LongPoll poll = poll(this::parser);
        poll.send(underWay);
        headers.onHeaders(request);
        commit.onCommit(request);
        told.clear();
        return poll;
    }

    private void begin(LongPoll poll) {
        poll.onHeaders(response);
        poll.onContent(response, bytes("[" + EVENT + ","));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private AnswerParser parser() {
        return new AnswerParser(1 << 20, new int[0], memory);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> AnswerParser sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    private LongPoll poll(Supplier<AnswerParser> parsers) {
        return new LongPoll(request, List.of(connect), new LongPoll.Outcome() {
            @Override
            public AnswerParser newParser() {
                return parsers.get();
            }

            @Override
            public void cookie(String field) {
                // not of interest
            }

            @Override
            public void sending() {
                told.add("sending");
            }

            @Override
            public void whole(Answer answer) {
                whole.run();
            }

            @Override
            public void status(int code) {
                told.add("status " + code);
            }

            @Override
            public void failed(Throwable failure) {
                told.add("failed");
                failed.set(failure);
            }
        }, new LongPoll.Owner() {
            @Override
            public long silenceMillis(Message.Mutable of, boolean begun) {
                return 300_000;
            }

            @Override
            public long answerMillis() {
                return 300_000;
            }

            @Override
            public void progress() {
                // not of interest
            }

            @Override
            public void answered(List<Message.Mutable> requests, Answer answer) {
                // not of interest
            }

            @Override
            public void cut(List<Message.Mutable> requests, Answer answer, long afterMillis, long afterBytes) {
                told.add("cut");
            }

            @Override
            public void givenUp(List<Message.Mutable> requests, Answer answer) {
                told.add("given up");
                givenUp.add(answer);
            }

            @Override
            public void whole(long afterMillis, long afterBytes) {
                // not of interest
            }

            @Override
            public void refused(Duration wait) {
                // not of interest
            }
        });
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            switch (method.getName()) {
                case "send" -> {
                    if (atSend != null) {
                        throw atSend;
                    }
                }
                case "abort" -> {
                    aborted.set((Throwable) given[0]);
                    return CompletableFuture.completedFuture(true);
                }
                case "onRequestHeaders" -> headers = (Request.HeadersListener) given[0];
                case "onRequestCommit" -> commit = (Request.CommitListener) given[0];
                default -> { }
            }
            return type.isAssignableFrom(method.getReturnType()) ? self
                    : method.getReturnType() == int.class ? 200
                    : method.getReturnType() == HttpFields.class ? HttpFields.EMPTY : null;
        }));
    }
}
