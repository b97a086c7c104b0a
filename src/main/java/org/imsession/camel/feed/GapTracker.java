package org.imsession.camel.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.LogText;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.position.SavedPosition;

/**
 * What a feed may have lost. There is one rule: an event that was received and has not ended keeps the beginning of the
 * window back, whichever session brought it. So a window that is told holds whatever of its session has not ended, and
 * the next one begins where it ends. Safe for use by several threads.
 */
final class GapTracker {

    private final FeedSettings settings;
    private final InstantSource clock;
    private final Supplier<Instant> liableSince;
    private volatile Window open;
    private Instant toldUntil = Instant.MIN;
    private Instant left = Instant.EPOCH;
    private final List<FeedGap> onTheirWay = new ArrayList<>(0);
    private volatile boolean liable;
    private Instant lostUnheard;

    /** The time in which events may have been lost, from the first thing that went wrong on. */
    private static final class Window {

        private Instant from;
        private FeedGap.Reason reason;
        private FeedGap.Certainty certainty = FeedGap.Certainty.POSSIBLE;
        private String detail;
        private boolean broken;
        private long dropped;
    }

    /**
     * @param liableSince what the current session has brought before that moment has ended, and nothing was missing
     */
    GapTracker(FeedSettings settings, InstantSource clock, Supplier<Instant> liableSince) {
        this.settings = settings;
        this.clock = clock;
        this.liableSince = liableSince;
    }

    /** The feed starts with what the last process, or the last start, has kept. */
    synchronized void begin(PositionSaver.Found found) {
        SavedPosition saved = found.saved();
        if (saved != null) {
            liable = true;
            toldUntil = saved.position().settled();
            if (saved.resumable().isEmpty()) {
                open(toldUntil, FeedGap.Reason.SESSION_LOST, "the session before could not be resumed");
            }
        } else if (!found.problem().isEmpty()) {
            liable = true;
            open(left, FeedGap.Reason.SESSION_LOST, found.problem());
        }
    }

    /** From now on the server is taken at its word: the feed is live, or an event has come. */
    void liable() {
        if (!liable) {
            becomeLiable();
        }
    }

    private synchronized void becomeLiable() {
        liable = true;
        if (lostUnheard != null) { // an answer of it was still under way
            open(lostUnheard, FeedGap.Reason.SESSION_LOST, "the session was lost before it was live");
        }
    }

    /** A new session: what comes from now on is of that one. */
    synchronized void opened() {
        lostUnheard = null;
    }

    /** All that was sent before that moment has ended, or has been told; {@link Instant#MAX} if nothing was promised. */
    synchronized Instant mark() {
        Instant mark = liable ? later(liableSince.get()) : Instant.MAX;
        return open == null ? mark : RouteMark.earlier(mark, open.from);
    }

    /** If the clock was set back, a mark that lies ahead would cut off what is lost now. */
    private Instant later(Instant since) {
        return toldUntil.isAfter(since) && !toldUntil.isAfter(clock.instant()) ? toldUntil : since;
    }

    /** A session is lost; no loss if nothing had come of any. */
    synchronized void sessionLost(BayeuxFailure failure) {
        if (liable) {
            open(mark(), switch (failure.kind()) {
                case SESSION_ENDED -> FeedGap.Reason.SESSION_ENDED;
                case MISCOUNTED -> FeedGap.Reason.ACK_MISCOUNTED;
                case UNREADABLE -> FeedGap.Reason.UNREADABLE_SKIPPED;
                default -> FeedGap.Reason.SESSION_LOST;
            }, failure.detail());
        } else {
            lostUnheard = liableSince.get();
        }
    }

    /** An answer of a server that keeps nothing may be lost. */
    synchronized void answerLost(String detail) {
        open(mark(), FeedGap.Reason.ANSWER_LOST, detail);
    }

    /** What was received and nobody has ended will not come again. */
    synchronized void notKept(String detail) {
        open(mark(), FeedGap.Reason.ROUTE_STOPPED, detail);
    }

    /** The server had nothing to send from that moment on, because a service behind it was down. */
    synchronized void unserved(Instant from, String detail) {
        open(later(from), FeedGap.Reason.SERVICE_INACTIVE, detail);
    }

    private void open(Instant from, FeedGap.Reason reason, String detail) {
        Window window = window(from);
        if (!window.broken || window.reason == FeedGap.Reason.ANSWER_LOST) {
            window.reason = reason; // a lost session outweighs a lost answer
            window.detail = LogText.line(detail);
        }
        window.broken = true;
    }

    private Window window(Instant from) {
        if (open == null) {
            open = new Window();
            open.from = from;
        }
        open.from = RouteMark.earlier(open.from, from);
        return open;
    }

    /**
     * Events were dropped, because too many waited before a server that keeps none: one window for all until there is
     * room again.
     *
     * @param since none of them was sent before that moment
     */
    synchronized void dropped(int events, Instant since) {
        if (open == null) {
            FeedLog.dropping(settings, since);
        }
        // what waits has not ended, and the end of this window is the mark from which the next one begins
        Window window = window(RouteMark.earlier(mark(), later(since)));
        window.certainty = FeedGap.Certainty.CERTAIN;
        window.dropped += events;
    }

    /** An event was skipped: if a window is open, that is in it, and certain. */
    synchronized void skipped() {
        if (open != null) {
            open.certainty = FeedGap.Certainty.CERTAIN;
        }
    }

    /** Whether only a confirmed subscription makes the feed whole again. */
    synchronized boolean isBroken() {
        return open != null && open.broken;
    }

    /** The gap to tell, now that there is room again, unless more is wrong. */
    Optional<FeedGap> room() {
        return close(false);
    }

    /** The gap to tell, now that the subscription is confirmed. */
    Optional<FeedGap> close() {
        return close(true);
    }

    private Optional<FeedGap> close(boolean subscribed) {
        if (open == null) {
            return Optional.empty(); // without the lock, for each answer asks
        }
        synchronized (this) {
            Window window = open;
            if (window == null || window.broken && !subscribed) {
                return Optional.empty();
            }
            open = null;
            toldUntil = clock.instant();
            FeedGap gap = gap(window);
            onTheirWay.add(gap);
            return Optional.of(gap);
        }
    }

    private FeedGap gap(Window window) {
        FeedGap.Reason reason = window.broken ? window.reason : FeedGap.Reason.BUFFER_OVERFLOW;
        String dropped = window.dropped == 0 ? "" : "at least " + window.dropped + " events were dropped: "
                + FeedLog.noRoom(settings);
        String detail = !window.broken ? dropped : dropped.isEmpty() ? window.detail : window.detail + "; " + dropped;
        return new FeedGap(settings.agent(), window.from, toldUntil, reason, window.certainty, detail);
    }

    /** A gap that was given out waits in the queue of whoever is to be told. */
    synchronized void handedOver(FeedGap gap) {
        onTheirWay.remove(gap);
    }

    /** Since when events are missing of which a window tells that is not handed over yet; {@link Instant#MAX} if none. */
    private Instant onTheirWaySince() {
        return onTheirWay.stream().map(FeedGap::from).reduce(Instant.MAX, RouteMark::earlier);
    }

    /** See {@link org.imsession.camel.position.Marks#since}. */
    synchronized Instant since(Instant settled) {
        return RouteMark.earlier(untoldSince(), later(settled));
    }

    /** Since when events are missing of which all are yet to be told; {@link Instant#MAX} if none are. */
    synchronized Instant untoldSince() {
        return open == null ? onTheirWaySince() : RouteMark.earlier(open.from, onTheirWaySince());
    }

    /** The feed has stopped: whoever listened knows what it misses, and what is sent from now on is nobody's loss. */
    synchronized void stopped() {
        Instant mark = mark();
        left = mark.isBefore(Instant.MAX) ? mark : left;
        forget();
    }

    /** Nobody wants to know any more what was lost. */
    synchronized void forget() {
        liable = false;
        open = null;
    }
}
