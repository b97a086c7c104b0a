package org.imsession.camel.gws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Collects one answer up to a limit that counts what has been decompressed: a small answer may be a bomb (an answer
 * of 10 MiB in zeros is 10 KiB of gzip).
 *
 * <p>Keeps the time limit by a clock of its own behind that of the client, whose timeout waits until all bytes that
 * have come are parsed: a server that sends interim answers (102, 103) without end is never interrupted by it.
 */
final class BoundedAnswer implements Response.Listener {

    private static final long GRACE = 500;

    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    private final GwsSettings settings;
    private final TransportFailure failures;
    private volatile boolean begun;

    private BoundedAnswer(GwsSettings settings, TransportFailure failures) {
        this.settings = settings;
        this.failures = failures;
    }

    /** Sends the request; the future completes on a thread of the HTTP client and fails with a GwsException. */
    static CompletableFuture<HttpAnswer> of(Request request, GwsSettings settings, TransportFailure failures,
                                            Scheduler scheduler) {
        BoundedAnswer listener = new BoundedAnswer(settings, failures);
        long timeout = settings.requestTimeout().toMillis();
        request.timeout(timeout, TimeUnit.MILLISECONDS).onRequestBegin(begins -> listener.begun = true);
        Scheduler.Task guard = scheduler.schedule(() -> listener.giveUp(request), timeout + GRACE,
                TimeUnit.MILLISECONDS);
        listener.answer.whenComplete((answer, failure) -> guard.cancel());
        request.send(listener);
        return listener.answer;
    }

    private void giveUp(Request request) {
        fail(new TimeoutException());
        Connection connection = request.getConnection();
        if (connection != null) {
            connection.close();
        }
    }

    private void fail(Throwable failure) {
        GwsException explained = failures.explain(failure);
        answer.completeExceptionally(begun ? explained : explained.unsent());
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        if (body.size() + content.remaining() > settings.maxAnswerLength()) {
            response.abort(failures.tooLong());
            return;
        }
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        body.writeBytes(bytes);
    }

    @Override
    public void onComplete(Result result) {
        Response response = result.getResponse();
        if (result.getResponseFailure() != null) {
            fail(result.getResponseFailure());
        } else if (response == null || response.getStatus() == 0) {
            fail(result.getFailure());
        } else {
            // a server may refuse before it has read the whole request: the answer counts, not the failed write
            answer.complete(new HttpAnswer(result.getRequest().getURI(), response.getStatus(),
                    response.getHeaders().asImmutable(), body.toByteArray()));
        }
    }
}
