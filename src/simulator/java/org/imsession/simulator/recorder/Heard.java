package org.imsession.simulator.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** One request, and its answer as far as it has come. Handed from thread to thread, one at a time. */
final class Heard {

    /** More of one answer is not kept. */
    private static final int LIMIT = 64 * 1024 * 1024;

    private final String method;
    private final String path;
    private final HttpFields requestHead;
    private final ByteArrayOutputStream request = new ByteArrayOutputStream(256);
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);
    private final AtomicBoolean written = new AtomicBoolean();
    private volatile HttpFields head = HttpFields.EMPTY;
    private volatile int status;

    Heard(Request request) {
        this.method = request.getMethod();
        this.path = request.getHttpURI().getPath();
        this.requestHead = request.getHeaders();
    }

    void asked(ByteBuffer piece) {
        add(request, piece);
    }

    void begun(int itsStatus, HttpFields itsHead) {
        status = itsStatus;
        head = itsHead;
    }

    void answered(ByteBuffer piece) {
        add(answer, piece);
    }

    private static void add(ByteArrayOutputStream to, ByteBuffer piece) {
        ByteBuffer own = piece.slice();
        byte[] bytes = new byte[Math.min(own.remaining(), LIMIT - to.size())];
        own.get(bytes);
        to.writeBytes(bytes);
    }

    /** Whether all that was announced has come. */
    boolean isWhole() {
        return head.getLongField("Content-Length") == answer.size();
    }

    /** True for the first who asks. */
    boolean mayWrite() {
        return written.compareAndSet(false, true);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    HttpFields requestHead() {
        return requestHead;
    }

    byte[] request() {
        return request.toByteArray();
    }

    int status() {
        return status;
    }

    HttpFields head() {
        return head;
    }

    String answer() {
        String text = answer.toString(StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    }

    int length() {
        return answer.size();
    }
}
