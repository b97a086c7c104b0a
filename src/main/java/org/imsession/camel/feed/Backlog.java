package org.imsession.camel.feed;

import java.util.List;
import org.imsession.camel.gws.AnswerMemory;
import org.imsession.camel.threads.Timers;

/**
 * The events of an agent that have been received and have not ended, for all its subscribers together, and how many
 * more may come into memory: an event has ended when all of them have ended it, so one that is suspended or stuck in
 * the end holds up the others. That is the price of losing nothing: whatever went on to the others alone would be in no
 * subscriber's memory and no longer on the server. It is told once each time. Safe for use by several threads.
 */
final class Backlog {

    /** A burst also fills the room; a route that is well has ended it by then. */
    private static final long LASTING_MILLIS = 500;

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final AnswerMemory.Share memory;
    private final Audience audience;
    private boolean looking; // guarded by this
    private volatile boolean told;
    private volatile PendingEvents pending;

    /**
     * @param memory   what answers, and events that have not ended, may take of the heap
     * @param audience who is to end them
     */
    Backlog(FeedSettings settings, FeedRuntime runtime, AnswerMemory.Share memory, Audience audience) {
        this.settings = settings;
        this.runtime = runtime;
        this.memory = memory;
        this.audience = audience;
        this.pending = new PendingEvents(memory);
    }

    AnswerMemory.Share memory() {
        return memory;
    }

    /** Those received and not ended, since the feed was started. */
    PendingEvents pending() {
        return pending;
    }

    /** Counts anew; events that end later still count down the old counter. */
    void forget() {
        PendingEvents before = pending;
        pending = new PendingEvents(memory);
        before.forget();
    }

    /** How many more events can be held in memory now. */
    int room() {
        int room = Math.max(0, settings.maxPending() - pending.get());
        if (!isHalfFull()) {
            told = false;
        }
        return room;
    }

    /** Whether more waits than half of what may: with a maximum of 1, whether anything does. */
    boolean isHalfFull() {
        return pending.get() > settings.maxPending() / 2;
    }

    /** Events have been taken: says so if there is no more room, and that lasts. */
    void taken() {
        if (room() == 0 && !told && !isLooking(true)) {
            Timers.after(runtime.scheduler(), LASTING_MILLIS, this::look, () -> isLooking(false));
        }
    }

    /** Whether somebody was about to look. */
    private synchronized boolean isLooking(boolean next) {
        boolean before = looking;
        looking = next;
        return before;
    }

    private void look() {
        isLooking(false);
        if (room() == 0 && !told) {
            told = true;
            FeedLog.full(settings, fullness());
        }
    }

    /** Who does not end what is held, as an operator has been told; empty if there is room again. */
    String fullness() {
        if (!told) {
            return "";
        }
        List<String> holding = audience.holding();
        return "maxPending=" + settings.maxPending() + " events wait for " + holding
                + ": no more are taken until it has ended some"
                + (audience.present().size() > holding.size() ? ", also for the other routes of this agent" : "");
    }
}
