package org.imsession.camel.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.imsession.camel.model.FeedGap;

/**
 * Who hears a feed, who is about to, and who has left it. Whoever left last misses nothing as long as the feed goes on
 * for it, also across a stop; anybody else who comes back has missed what came since. Safe for use by several threads.
 */
final class Audience {

    /** Routes have names, and few leave for good. */
    private static final int ABSENT_REMEMBERED = 64;

    private final FeedSettings settings;
    private final GapTracker gaps;
    private final Runnable told;
    private final List<Delivery> present = new CopyOnWriteArrayList<>();
    private final Map<String, Absence> absent = new LinkedHashMap<>();
    private final Set<Delivery> coming = ConcurrentHashMap.newKeySet();
    private Absence last;
    private volatile boolean awaited;

    /**
     * What a subscriber has left.
     *
     * @param since   what was sent from that moment on it may have missed; {@link Instant#MAX} if nothing
     * @param tracker what it was told of IM sessions
     * @param latest  the last window that it was told of, {@code null} if there was none
     * @param behind  whether it left others with events that it had not ended, or a window that it was not told of:
     *                they end without it
     */
    record Absence(Instant since, SessionTracker tracker, FeedGap latest, boolean behind) {
    }

    /**
     * @param liableSince what the current session has brought before that moment has ended, and nothing was missing
     * @param told        called when a window has been told
     */
    Audience(FeedSettings settings, InstantSource clock, Supplier<Instant> liableSince, Runnable told) {
        this.settings = settings;
        this.gaps = new GapTracker(settings, clock, this, liableSince);
        this.told = told;
    }

    /** What they are to be told of. */
    GapTracker gaps() {
        return gaps;
    }

    /** Those that hear what comes now. */
    List<Delivery> present() {
        return List.copyOf(present);
    }

    /** Tells everybody of a change of the feed, those who are about to come as well. */
    void changed(FeedStatus status) {
        everybody().forEach(delivery -> delivery.changed(status));
    }

    private Stream<Delivery> everybody() {
        return Stream.concat(coming.stream(), present.stream());
    }

    synchronized boolean isEmpty() {
        return present.isEmpty() && coming.isEmpty();
    }

    /** Whether events are meant for somebody, also while there is nobody. */
    boolean isAwaited() {
        return awaited;
    }

    /**
     * Somebody is about to come; to be followed by {@link #join}. Does nothing if it has been closed.
     *
     * @return whether all had left a feed that went on
     */
    synchronized boolean expect(Delivery delivery) {
        if (delivery.isClosed()) {
            return false;
        }
        boolean left = last != null && isEmpty();
        Absence own = absent.remove(delivery.name());
        if (own != null) {
            delivery.returns(own.tracker(), own == last ? Instant.MAX : own.since(), own.latest());
        }
        last = null;
        awaited = true;
        coming.add(delivery);
        return left;
    }

    /** Somebody who was expected hears what comes from now on, unless it was closed before. */
    synchronized void join(Delivery delivery) {
        if (coming.contains(delivery)) {
            present.add(delivery); // first, so that nobody who looks without the lock misses it
            coming.remove(delivery);
        }
    }

    /**
     * Somebody leaves.
     *
     * @return whether it was the last one
     */
    synchronized boolean leave(Delivery delivery) {
        Instant underway = gaps.onTheirWaySince(); // first: what is handed over by now, the delivery knows of
        Instant untold = GapTracker.earlier(underway, delivery.untoldSince());
        boolean here = present.remove(delivery) | coming.remove(delivery);
        boolean alone = isEmpty();
        if (!here) {
            return false; // it has been closed before it was expected
        }
        int holding = delivery.holding();
        Absence absence = new Absence(GapTracker.earlier(gaps.mark(), untold), delivery.tracker(),
                delivery.lastTold(), !alone && (holding > 0 || untold.isBefore(Instant.MAX)));
        absent.remove(delivery.name());
        absent.put(delivery.name(), absence);
        absent.keySet().removeIf(eldest -> absent.size() > ABSENT_REMEMBERED);
        if (alone) {
            last = absence;
            if (untold.isBefore(Instant.MAX)) {
                gaps.untold(untold);
            }
        } else if (holding > 0) {
            FeedLog.leftBehind(settings, delivery.name(), holding, absence.since());
        }
        return alone;
    }

    /** Somebody who has left is not to come back. */
    synchronized void forget(Delivery delivery) {
        absent.remove(delivery.name());
    }

    /** The feed does not go on for whoever left last. */
    synchronized void abandoned() {
        last = null;
        awaited = !isEmpty();
    }

    /** Another process has told them of IM sessions meanwhile. */
    synchronized void toldElsewhere() {
        everybody().forEach(delivery -> delivery.returns(new SessionTracker(), Instant.MAX, delivery.lastTold()));
        absent.replaceAll((name, absence) -> {
            Absence fresh = new Absence(absence.since(), new SessionTracker(), absence.latest(), absence.behind());
            last = absence == last ? fresh : last;
            return fresh;
        });
    }

    /**
     * Since when events are missing of which somebody has not been told; {@link Instant#MAX} if none are. Also of those
     * who left others: they may all be leaving, and the next process does not know them.
     */
    synchronized Instant untoldSince() {
        Instant since = absent.values().stream().filter(Absence::behind).map(Absence::since)
                .reduce(Instant.MAX, GapTracker::earlier);
        return everybody().map(Delivery::untoldSince).reduce(since, GapTracker::earlier);
    }

    /** A subscriber has been told of a window. */
    void told() {
        told.run();
    }

    /** Who has not ended everything. */
    List<String> holding() {
        return present.stream().filter(delivery -> delivery.holding() > 0).map(Delivery::name).toList();
    }
}
