package org.imsession.camel.bayeux;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.cometd.bayeux.Message;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.imsession.camel.gws.GwsException;
import org.imsession.camel.gws.LocalFault;
import org.imsession.camel.gws.RetryAfter;
import org.imsession.camel.gws.Unpacker;
import org.imsession.camel.text.ForPeople;

/**
 * One request and its answer. What times out is silence: until the answer begins, for the time that the server may hold
 * the request and the network may need, and from then on between two pieces of it; so an answer on a slow line may take
 * as long as it goes on, within a limit on the whole. The events are split off as they arrive.
 */
final class LongPoll implements Response.Listener {

    private final Request request;
    private final List<Message.Mutable> messages;
    private final Outcome outcome;
    private final Owner owner;
    private PollsUnderWay underWay;
    private volatile long sentNanos;
    private volatile long progressNanos = System.nanoTime();
    private volatile long begunNanos;
    private volatile boolean committed;
    private volatile boolean over;
    private volatile boolean abandoned;
    private boolean ended; // guarded by this
    private AnswerParser parser;
    private Unpacker unpacker;

    /** What becomes of it; one of the last three is called, once. */
    interface Outcome {

        /** For an answer that begins. */
        AnswerParser newParser();

        /** The answer sets a cookie, in a field of that value. */
        void cookie(String field);

        void sending();

        void whole(Answer answer);

        void status(int code);

        void failed(Throwable failure);
    }

    /** Decides about time, and hears how it goes; every method must return at once. */
    interface Owner {

        /** How long nothing may come until the answer to that begins, and between two pieces of it; in milliseconds. */
        long silenceMillis(Message.Mutable request, boolean begun);

        /** How long an answer may take from its beginning to its end, in milliseconds. */
        long answerMillis();

        /** A piece of an answer has come. */
        void progress();

        void answered(List<Message.Mutable> requests, Answer answer);

        /**
         * The line broke before the answer was whole.
         *
         * @param answer      what came of it whole
         * @param afterMillis how long after the request had left
         * @param afterBytes  how much of the body had come
         */
        void cut(List<Message.Mutable> requests, Answer answer, long afterMillis, long afterBytes);

        /**
         * We gave the answer up: it fell silent, could not be taken here, or the session is over. That says nothing
         * about what stands on the line.
         *
         * @param answer what came of it whole
         */
        void givenUp(List<Message.Mutable> requests, Answer answer);

        /** The answer came whole. */
        void whole(long afterMillis, long afterBytes);

        /** An answer with another status than 200 begins, which asks to wait that long. */
        void refused(Duration wait);
    }

    /**
     * @param request a request that has not been sent
     */
    LongPoll(Request request, List<Message.Mutable> messages, Outcome outcome, Owner owner) {
        this.request = request;
        this.messages = messages;
        this.outcome = outcome;
        this.owner = owner;
    }

    /** @param polls those that are under way, of which it is one until its outcome is told */
    void send(PollsUnderWay polls) {
        underWay = polls;
        polls.add(this);
        request.idleTimeout(0, TimeUnit.MILLISECONDS) // that of the pool knows nothing of held requests
                .onRequestHeaders(each -> {
                    sentNanos = System.nanoTime() | 1; // 0 means not yet
                    outcome.sending();
                })
                .onRequestCommit(each -> committed = true);
        try {
            request.send(this);
        } catch (RuntimeException | Error e) { // no thread for the connection, for example; it may be in a queue
            giveUp(e);
            if (ends()) {
                over();
                fail(e);
            }
        }
    }

    private synchronized boolean ends() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private void over() {
        over = true;
        underWay.remove(this);
    }

    private long silenceMillis() {
        return owner.silenceMillis(messages.get(0), begunNanos != 0);
    }

    /**
     * Gives the answer up if it has been silent for too long, or has taken too long.
     *
     * @return how long it may go on as it does, in milliseconds; {@link Long#MAX_VALUE} if it is over
     */
    long look() {
        long now = System.nanoTime();
        long silent = TimeUnit.NANOSECONDS.toMillis(now - progressNanos);
        long allowed = silenceMillis();
        long taken = begunNanos == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(now - begunNanos);
        if (over) {
            return Long.MAX_VALUE;
        }
        if (silent >= allowed) {
            giveUp(new TimeoutException("silent for " + ForPeople.duration(Duration.ofMillis(allowed))));
        } else if (taken >= owner.answerMillis()) {
            giveUp(new TimeoutException("the answer is not whole after "
                    + ForPeople.duration(Duration.ofMillis(owner.answerMillis()))));
        } else {
            return Math.min(allowed - silent, owner.answerMillis() - taken);
        }
        return Long.MAX_VALUE;
    }

    /** Ends it, because the session is over. */
    void abort(Throwable failure) {
        abandoned = true;
        giveUp(failure);
    }

    /**
     * Closes the connection, too: an answer that consists of interim answers (102, 103) without end never comes to the
     * point where Jetty would look whether its request was aborted.
     */
    void giveUp(Throwable failure) {
        request.abort(failure);
        close();
    }

    void close() {
        Connection connection = request.getConnection();
        if (connection != null) {
            connection.close();
        }
    }

    private void progress() {
        progressNanos = System.nanoTime();
        owner.progress();
    }

    @Override
    public boolean onHeader(Response response, HttpField field) {
        if (field.getHeader() == HttpHeader.SET_COOKIE) { // of any status: a gateway's refusal may move us to another node
            outcome.cookie(field.getValue());
            return false; // the client's own store is shared by all agents
        }
        return true;
    }

    @Override
    public void onHeaders(Response response) {
        if (HttpStatus.isInterim(response.getStatus())) {
            return; // says nothing of the answer, and may go on for ever
        }
        begunNanos = System.nanoTime() | 1;
        progress();
        underWay.watch(); // it may have had the time for which the server holds the request
        if (response.getStatus() == HttpStatus.OK_200) {
            try {
                AnswerParser made = outcome.newParser();
                unpacker = new Unpacker(response, made::parse);
                parser = made;
            } catch (RuntimeException | Error e) { // Jetty would go on without
                response.abort(e);
            }
        } else {
            owner.refused(RetryAfter.parse(response.getHeaders().get(HttpHeader.RETRY_AFTER), Clock.systemUTC())
                    .orElse(Duration.ZERO));
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        progress();
        if (parser != null) {
            try {
                unpacker.accept(content);
            } catch (ZipException e) {
                response.abort(NotBayeuxException.broken("the answer cannot be unpacked"));
            } catch (RuntimeException | Error e) { // whatever it is, the request must end
                response.abort(e);
            }
        }
    }

    /** Jetty swallows what is thrown here, and CometD would wait for ever. */
    @Override
    public void onComplete(Result result) {
        over();
        try {
            if (ends()) {
                told(result);
            }
        } catch (RuntimeException | Error e) {
            outcome.failed(e);
        } finally {
            if (parser != null) {
                parser.release();
                parser = null; // what is old and dead keeps what is young alive until the old are looked through
                unpacker = null;
            }
        }
    }

    private void told(Result result) {
        if (parser == null) {
            ended(result);
        } else {
            unpacked(result);
        }
    }

    private void ended(Result result) {
        if (result.isFailed()) {
            fail(result.getFailure());
        } else {
            outcome.status(result.getResponse().getStatus());
        }
    }

    private void unpacked(Result result) {
        Answer answer;
        try {
            unpacker.end();
            if (result.isFailed()) {
                fail(result.getFailure());
                return;
            }
            answer = parser.complete();
        } catch (EOFException | NotBayeuxException e) {
            fail(result.isFailed() ? result.getFailure() : e);
            return;
        }
        owner.whole(millis(), parser.length());
        outcome.whole(answer);
    }

    private void fail(Throwable failure) {
        boolean broken = failure instanceof NotBayeuxException answer && !answer.isCut();
        boolean ours = !(failure instanceof NotBayeuxException) && LocalFault.is(failure);
        if (ours && hasNotLeft(failure)) {
            outcome.failed(GwsException.notSent(failure));
            return;
        }
        if (!broken && sentNanos != 0) {
            AnswerParser made = parser; // an answer that comes all the same lets go of it
            Answer soFar = made == null ? new Answer() : made.soFar();
            if (abandoned || ours || failure instanceof TimeoutException) {
                owner.givenUp(messages, soFar);
            } else {
                owner.cut(messages, soFar, millis(), made == null ? 0 : made.length());
            }
        }
        outcome.failed(failure);
    }

    /** Jetty commits a head that is written; before that it may be half of it, unless it could not even be made. */
    private boolean hasNotLeft(Throwable ours) {
        return begunNanos == 0 && (sentNanos == 0 || !committed && !(ours instanceof Error));
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNanos);
    }
}
