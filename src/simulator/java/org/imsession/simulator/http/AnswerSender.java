package org.imsession.simulator.http;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.imsession.simulator.fault.Outgoing;

/** Sends answers until the server stops; from then on nobody gets one, as from a server that was killed. */
final class AnswerSender {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gws-simulator-slow-answers");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopped;

    void send(Outgoing answer, AsyncContext async, Runnable afterwards) {
        if (stopped) {
            Connections.end(async.getRequest(), false);
        } else {
            new AnswerWriter(answer, async, scheduler, afterwards).start();
        }
    }

    void stop() {
        stopped = true;
        scheduler.shutdownNow();
    }
}
