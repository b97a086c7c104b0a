package org.imsession.camel.gws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;

/**
 * Collects one answer up to a limit that counts what has been decompressed: a small answer may be a bomb (an answer
 * of 10 MiB in zeros is 10 KiB of gzip).
 */
final class BoundedAnswer implements Response.Listener {

    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    private final int maxLength;
    private final TransportFailure failures;

    private BoundedAnswer(int maxLength, TransportFailure failures) {
        this.maxLength = maxLength;
        this.failures = failures;
    }

    /** Sends the request; the future completes on a thread of the HTTP client and fails with a GwsException. */
    static CompletableFuture<HttpAnswer> of(Request request, int maxLength, TransportFailure failures) {
        BoundedAnswer listener = new BoundedAnswer(maxLength, failures);
        request.send(listener);
        return listener.answer;
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        if (body.size() + content.remaining() > maxLength) {
            response.abort(failures.tooLong(maxLength));
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
            answer.completeExceptionally(failures.explain(result.getResponseFailure()));
        } else if (response == null || response.getStatus() == 0) {
            answer.completeExceptionally(failures.explain(result.getFailure()));
        } else {
            // a server may refuse before it has read the whole request: the answer counts, not the failed write
            answer.complete(new HttpAnswer(result.getRequest().getURI(), response.getStatus(),
                    response.getHeaders().asImmutable(), body.toByteArray()));
        }
    }
}
