package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.imsession.camel.model.LogText;
import org.imsession.camel.recovery.ReasonsTold;
import org.imsession.camel.status.FeedState;

/**
 * The state of a feed, since when and why it is in it, and what an operator is told of that. Read by any thread;
 * {@link FeedMachine#become} alone changes it, on the control executor.
 */
final class CurrentState {

    private final FeedSettings settings;
    private final InstantSource clock;
    private final ReasonsTold told = new ReasonsTold();
    private volatile FeedState state = FeedState.STOPPED;
    private volatile Instant since;
    private volatile Instant silent;
    private volatile String reason = "not started";

    CurrentState(FeedSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.since = clock.instant();
        this.silent = since;
    }

    FeedState state() {
        return state;
    }

    boolean is(FeedState one) {
        return state == one;
    }

    /** Whether there is a subscription, perhaps with a connect that fails. */
    boolean isSubscribed() {
        return state == FeedState.LIVE || state == FeedState.RECONNECTING;
    }

    Instant since() {
        return since;
    }

    /** Since when no events flow, through whatever states, {@code null} while they do. */
    Instant silent() {
        return silent;
    }

    /** One line, also of what a store, a vault or a bean said. */
    String reason() {
        return reason;
    }

    /**
     * Changes it, along the table of {@link FeedState}.
     *
     * @param failed how many attempts have failed
     * @param rest   how long it rests then, if it is parked
     */
    void change(FeedState next, String why, int failed, Optional<Duration> rest) {
        if (!state.next().contains(next)) {
            throw new IllegalStateException("A feed cannot go from " + state + " to " + next);
        }
        FeedState before = state;
        state = next;
        since = clock.instant();
        silent = next == FeedState.LIVE ? null : silent == null || before == FeedState.STOPPED ? since : silent;
        reason = LogText.line(why);
        FeedLog.changed(settings, before, next, reason, isNews(failed), rest);
    }

    /** It is still the same, for a reason that may be another one. */
    void goesOn(String why, int failed) {
        reason = LogText.line(why);
        FeedLog.changed(settings, state, state, reason, isNews(failed), Optional.empty());
    }

    private boolean isNews(int failed) {
        return (state == FeedState.BACKING_OFF || state == FeedState.RECONNECTING) && told.isNew(reason, failed);
    }
}
