package org.imsession.camel.gws;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Collects one answer up to a limit that counts what has been decompressed, since a small answer may be a bomb (an
 * answer of 10 MiB in zeros is 10 KiB of gzip), and as far as there is memory.
 *
 * <p>What times out is silence: an answer on a slow line may take as long as it goes on, within a limit on the whole.
 * Keeps time by a clock of its own: that of the client waits until all bytes that have come are parsed, so a server that
 * sends interim answers (102, 103) without end is never interrupted by it.
 */
final class BoundedAnswer implements Response.Listener {

    /** The bytes while they are collected, their copy, the text, and what is made of it. */
    static final int WEIGHT = 6;

    private static final byte[] NOTHING = {};

    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final Request request;
    private final URI uri;
    private final Limits limits;
    private final Scheduler scheduler;
    private volatile long sentNanos;
    private volatile boolean committed;
    private volatile long begunNanos;
    private volatile long progressNanos = System.nanoTime();
    private volatile Scheduler.Task timer;
    private Unpacker unpacker;
    private volatile byte[] body = NOTHING;
    private volatile ByteArrayOutputStream longer; // than a first piece, which nearly all are
    private long taken;

    /**
     * What the requests of an agent have in common.
     *
     * @param settings how long and how much
     * @param failures explains what goes wrong
     * @param memory   what their answers may need of the heap
     * @param cuts     hears how answers end
     */
    record Limits(GwsSettings settings, TransportFailure failures, AnswerMemory.Share memory, CutAnswers cuts) {
    }

    private BoundedAnswer(Request request, URI uri, Limits limits, Scheduler scheduler) {
        this.request = request;
        this.uri = uri;
        this.limits = limits;
        this.scheduler = scheduler;
    }

    /** Sends the request; the future completes on a thread of the HTTP client and fails with a GwsException. */
    static CompletableFuture<HttpAnswer> of(Request request, URI uri, Limits limits, Scheduler scheduler) {
        BoundedAnswer listener = new BoundedAnswer(request, uri, limits, scheduler);
        listener.watch(limits.settings().requestTimeout().toMillis());
        listener.answer.whenComplete((answer, failure) -> listener.timer.cancel());
        try {
            request.onRequestHeaders(each -> listener.sentNanos = System.nanoTime() | 1) // 0: not yet
                    .onRequestCommit(each -> listener.committed = true).send(listener);
        } catch (RuntimeException | Error e) { // no thread for the connection, for example; it may be in a queue
            listener.giveUp(e);
        }
        return listener.answer;
    }

    private void watch(long millis) {
        timer = scheduler.schedule(this::look, Math.max(1, millis), TimeUnit.MILLISECONDS);
        if (answer.isDone()) {
            timer.cancel();
        }
    }

    private void look() {
        long now = System.nanoTime();
        long silent = TimeUnit.NANOSECONDS.toMillis(now - progressNanos);
        long allowed = limits.settings().requestTimeout().toMillis();
        long taking = begunNanos == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(now - begunNanos);
        long whole = limits.settings().answerTimeout().toMillis();
        if (silent >= allowed) {
            giveUp(new TimeoutException());
        } else if (taking >= whole) {
            giveUp(limits.failures().tooSlow());
        } else {
            watch(Math.min(allowed - silent, whole - taking));
        }
    }

    /** Aborted first: what has not left by then never will, so only then it is known. */
    private void giveUp(Throwable failure) {
        request.abort(failure);
        fail(failure);
        Connection connection = request.getConnection();
        if (connection != null) {
            connection.close();
        }
    }

    private void fail(Throwable failure) {
        GwsException explained = limits.failures().explain(failure);
        if (explained.kind() == GwsException.Kind.ANSWER_LOST && sentNanos != 0 && !answer.isDone()) {
            limits.cuts().cut(millis(), length());
            explained = limits.cuts().finding().map(explained::with).orElse(explained);
        }
        answer.completeExceptionally(mayHaveLeft(explained, failure) ? explained : explained.unsent());
    }

    /** Jetty commits a head that is written; before that it may be half of it, unless it could not even be made. */
    private boolean mayHaveLeft(GwsException explained, Throwable failure) {
        boolean unmade = explained.kind() == GwsException.Kind.LOCAL_FAULT && !(failure instanceof Error);
        return sentNanos != 0 && (committed || begunNanos != 0 || !unmade);
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNanos);
    }

    @Override
    public void onHeaders(Response response) {
        if (!HttpStatus.isInterim(response.getStatus())) {
            begunNanos = System.nanoTime() | 1;
            progressNanos = begunNanos;
            try {
                unpacker = new Unpacker(response, this::keep);
            } catch (RuntimeException | Error e) { // Jetty would go on without
                response.abort(e);
            }
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        progressNanos = System.nanoTime();
        try {
            unpacker.accept(content);
        } catch (ZipException | RuntimeException | Error e) { // whatever it is, the request must end
            response.abort(e);
        }
    }

    private void keep(ByteBuffer piece) {
        long weight = (long) WEIGHT * piece.remaining();
        if (length() + piece.remaining() > limits.settings().maxAnswerLength()) {
            throw limits.failures().tooLong();
        }
        if (!limits.memory().take(weight)) {
            throw limits.failures().noMemory();
        }
        taken += weight;
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        if (body.length == 0) {
            body = bytes;
            return;
        }
        if (longer == null) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(2 * (body.length + bytes.length));
            all.writeBytes(body);
            longer = all;
        }
        longer.writeBytes(bytes);
    }

    /** Also for the thread of the timers, which tells how far the answer came. */
    private int length() {
        ByteArrayOutputStream all = longer;
        return all == null ? body.length : all.size();
    }

    /** The end of a body that cannot be unpacked is as that of one that breaks off. */
    private Throwable incomplete() {
        try {
            if (unpacker != null) {
                unpacker.end();
            }
            return null;
        } catch (EOFException e) {
            return e;
        }
    }

    /** Jetty swallows what is thrown here, and the request would end as silence of the server. */
    @Override
    public void onComplete(Result result) {
        try {
            ended(result);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            limits.memory().give(taken); // it has been read by now, by whoever waited for it
        }
    }

    private void ended(Result result) {
        Response response = result.getResponse();
        Throwable incomplete = incomplete();
        if (result.getResponseFailure() != null) {
            fail(result.getResponseFailure());
        } else if (incomplete != null) {
            fail(incomplete);
        } else if (response == null || response.getStatus() == 0) {
            fail(result.getFailure());
        } else {
            limits.cuts().whole(millis(), length());
            // a server may refuse before it has read the whole request: the answer counts, not the failed write
            answer.complete(new HttpAnswer(uri, response.getStatus(),
                    response.getHeaders().asImmutable(), longer == null ? body : longer.toByteArray()));
        }
    }
}
