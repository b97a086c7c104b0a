package org.imsession.camel.recovery;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.threads.Timers;

/**
 * The pause before the next {@code /meta/connect} of a session that may still live, which an operator can end. Used on
 * the control executor of the feed only.
 */
public final class ReconnectPause {

    private final ScheduledExecutorService timers;
    private final Executor control;
    private BayeuxSessionListener.Retry waiting;
    private Future<?> timer;

    public ReconnectPause(ScheduledExecutorService timers, Executor control) {
        this.timers = timers;
        this.control = control;
    }

    /** The same, whose delay {@link #end()} cuts short. */
    public BayeuxSessionListener.Retry before(BayeuxSessionListener.Retry retry) {
        return new BayeuxSessionListener.Retry() {
            @Override
            public void after(long millis) {
                begin(retry, millis);
            }

            @Override
            public void never() {
                retry.never();
            }
        };
    }

    private void begin(BayeuxSessionListener.Retry retry, long millis) {
        drop();
        waiting = retry;
        timer = Timers.after(timers, millis, () -> control.execute(() -> end(retry)));
    }

    /** Connects now, if there is a pause. */
    public void end() {
        end(waiting);
    }

    private void end(BayeuxSessionListener.Retry retry) {
        if (retry != null && retry == waiting) {
            drop();
            retry.after(0);
        }
    }

    /** A connect of a session that is over must not be sent in the next one. */
    public void drop() {
        waiting = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
