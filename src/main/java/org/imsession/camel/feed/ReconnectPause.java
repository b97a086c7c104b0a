package org.imsession.camel.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.imsession.camel.bayeux.BayeuxSessionListener;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pause before the next {@code /meta/connect} of a session that may still live, which an operator can end. Used on
 * the control executor of the feed only.
 */
final class ReconnectPause {

    private static final Logger LOG = LoggerFactory.getLogger(ReconnectPause.class);

    private final FeedRuntime runtime;
    private final Executor control;
    private BayeuxSessionListener.Retry waiting;
    private Future<?> timer;

    ReconnectPause(FeedRuntime runtime, Executor control) {
        this.runtime = runtime;
        this.control = control;
    }

    /** The same, whose delay {@link #end()} cuts short. */
    BayeuxSessionListener.Retry before(BayeuxSessionListener.Retry retry) {
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
        timer = Timers.after(runtime.scheduler(), millis, () -> control.execute(() -> end(retry)));
    }

    /** Connects now, if there is a pause. */
    void end() {
        end(waiting);
    }

    private void end(BayeuxSessionListener.Retry retry) {
        if (retry != null && retry == waiting) {
            drop();
            retry.after(0);
        }
    }

    /** A connect of a session that is over must not be sent in the next one. */
    void changed(FeedState now) {
        if (now != FeedState.RECONNECTING && now != FeedState.LIVE) {
            drop();
        }
    }

    private void drop() {
        waiting = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
