package org.imsession.camel.feed;

import java.util.concurrent.atomic.AtomicBoolean;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.threads.Timers;

/**
 * How many more events of an agent may come into memory, for all its subscribers together: an event has ended when all
 * of them have ended it, so one that is suspended or stuck in the end holds up the others. That is the price of losing
 * nothing: whatever went on to the others alone would be in no subscriber's memory and no longer on the server. It is
 * told once each time. Safe for use by several threads.
 */
final class BackPressure {

    /** A burst also fills the room; a route that is well has ended it by then. */
    private static final long LASTING_MILLIS = 500;

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final FeedCounters counters;
    private final Audience audience;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();

    BackPressure(FeedSettings settings, FeedRuntime runtime, FeedCounters counters, Audience audience) {
        this.settings = settings;
        this.runtime = runtime;
        this.counters = counters;
        this.audience = audience;
    }

    /** What the answers and the events may take of the heap. */
    AnswerMemory.Share memory() {
        return counters.memory();
    }

    /** How many more events can be held in memory now. */
    int room() {
        int most = settings.bayeux().maxPending();
        int room = Math.max(0, most - counters.pending().get());
        if (room > most / 2) {
            told.set(false);
        }
        return room;
    }

    /** Events have been taken: says so if there is no more room, and that lasts. */
    void taken() {
        if (room() == 0 && !told.get() && looking.compareAndSet(false, true)) {
            Timers.after(runtime.scheduler(), LASTING_MILLIS, this::look, () -> looking.set(false));
        }
    }

    private void look() {
        looking.set(false);
        if (room() == 0 && told.compareAndSet(false, true)) {
            FeedLog.full(settings, audience.holding(), audience.present().size());
        }
    }
}
