package org.imsession.simulator.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.imsession.simulator.fault.Delivery;
import org.imsession.simulator.fault.Outgoing;

/**
 * Puts one answer on the wire the way its {@link Delivery} says, without ever blocking a thread. The full length is
 * announced in Content-Length, so that a client can tell an answer that was cut.
 */
final class AnswerWriter implements WriteListener {

    private final Outgoing answer;
    private final Delivery delivery;
    private final AsyncContext async;
    private final ScheduledExecutorService scheduler;
    private final Runnable afterwards;
    private final int end;
    private ServletOutputStream output;
    private int position;
    private boolean flushed = true;
    private boolean rested;

    AnswerWriter(Outgoing answer, AsyncContext async, ScheduledExecutorService scheduler, Runnable afterwards) {
        this.answer = answer;
        this.delivery = answer.delivery();
        this.async = async;
        this.scheduler = scheduler;
        this.afterwards = afterwards;
        this.end = Math.min(answer.body().length, delivery.limit());
    }

    void start() {
        if (delivery.delay().isZero()) {
            send();
        } else {
            later(this::send, delivery.delay());
        }
    }

    private void later(Runnable rest, Duration delay) {
        try {
            scheduler.schedule(rest, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the server stops, and its connections with it
            finish();
        }
    }

    private void send() {
        if (delivery.limit() == Delivery.NOTHING) {
            finish();
            return;
        }
        try {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            response.setStatus(answer.status());
            answer.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            response.setContentLength(answer.body().length);
            if (answer.body().length == 0) {
                finish();
            } else {
                flushed = end > 0;
                output = response.getOutputStream();
                output.setWriteListener(this);
            }
        } catch (IOException | IllegalStateException e) {
            finish();
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        while (output.isReady()) {
            if (!flushed) {
                flushed = true;
                output.flush();
            } else if (position >= end) {
                finish();
                return;
            } else if (writeSlice()) {
                return;
            }
        }
    }

    /** Writes the next slice; true when there is a pause before it, after which this is called again. */
    private boolean writeSlice() throws IOException {
        if (position > 0 && !delivery.pause().isZero() && !rested) {
            rested = true;
            later(this::resume, delivery.pause());
            return true;
        }
        rested = false;
        int length = Math.min(delivery.slice(), end - position);
        output.write(answer.body(), position, length);
        position += length;
        flushed = position == answer.body().length;
        return false;
    }

    private void resume() {
        try {
            onWritePossible();
        } catch (IOException e) {
            onError(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        // the client has gone; nothing is left to be told
        finish();
    }

    private void finish() {
        if (delivery.ending() != Delivery.Ending.COMPLETE) {
            Connections.end(async.getRequest(), delivery.ending() == Delivery.Ending.RESET);
        }
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // completed by the container already, because the connection has gone
        }
        afterwards.run();
    }
}
