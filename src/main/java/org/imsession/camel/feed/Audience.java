package org.imsession.camel.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imsession.camel.event.IMSessionTracker;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.position.Marks;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.status.FeedStatus;

/**
 * Who hears a feed, who is about to, and who has left it, in this process or in the one before. As long as the feed goes
 * on and nobody else has heard anything, whoever has left misses nothing; else it has missed what came since. Safe for
 * use by several threads.
 */
final class Audience implements Marks {

    /** Routes have names, and few leave for good. */
    private static final int ABSENT_REMEMBERED = 64;
    private static final long MISSED = -1;

    private final FeedSettings settings;
    private final InstantSource clock;
    private final GapTracker gaps;
    private final Runnable told;
    private volatile List<Delivery> present = List.of();
    private final Map<String, Absence> absent = new LinkedHashMap<>();
    private volatile List<Delivery> coming = List.of();
    private Absence anybody;
    private boolean left;
    private long heard;
    private volatile boolean awaited;

    /**
     * What a subscriber has left.
     *
     * @param mark    how far it was
     * @param tracker what it was told of IM sessions
     * @param heard   how much had been heard of the feed when it left; {@value #MISSED} if it is not the same feed
     * @param beside  whether others have been there ever since, so that it is told of a gap in any case
     */
    private record Absence(RouteMark mark, IMSessionTracker tracker, long heard, boolean beside) {

        Absence alone() {
            return new Absence(mark, tracker, heard, false);
        }

        Absence missed() {
            return new Absence(mark, tracker, MISSED, beside);
        }
    }

    /**
     * @param gaps what they are to be told of
     * @param told called when a window has been told
     */
    Audience(FeedSettings settings, InstantSource clock, GapTracker gaps, Runnable told) {
        this.settings = settings;
        this.clock = clock;
        this.gaps = gaps;
        this.told = told;
    }

    /** What they are to be told of. */
    GapTracker gaps() {
        return gaps;
    }

    /** The gap to tell, now that the subscription is confirmed. It waits until there is somebody to be told of it. */
    Optional<FeedGap> gapBeforeSubscription() {
        return isAway() ? Optional.empty() : gaps.close();
    }

    /** The gap to tell, now that there is room again, unless more is wrong. It waits as well. */
    Optional<FeedGap> gapBeforeRoom() {
        return isAway() ? Optional.empty() : gaps.room();
    }

    private boolean isAway() {
        return awaited && present.isEmpty() && isEmpty(); // mostly somebody is, and no lock is needed
    }

    /** If the clock was set back, a mark that lies ahead would cut off what is lost now. */
    boolean isAhead(Instant mark) {
        return mark.isAfter(clock.instant());
    }

    /** Those that hear what comes now. */
    List<Delivery> present() {
        return present;
    }

    /** Those that hear what comes now, and nobody else does: whoever leaves is one of them when it counts, or not. */
    synchronized List<Delivery> hearing() {
        List<Delivery> now = present();
        heard += now.isEmpty() && awaited ? 0 : 1;
        return now;
    }

    /** Tells everybody of a change of the feed, those who are about to come as well. */
    void changed(FeedStatus status) {
        Set<Delivery> all = new LinkedHashSet<>(coming); // first, for who joins is present before it comes no longer
        all.addAll(present);
        all.forEach(delivery -> delivery.changed(status));
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
        boolean all = left && isEmpty();
        left = false;
        awaited = true;
        coming = with(coming, delivery);
        return all;
    }

    /** Somebody who was expected hears what comes from now on, unless it was closed before. */
    synchronized void join(Delivery delivery) {
        if (coming.contains(delivery)) {
            returned(delivery);
            // first, so that nobody who looks without the lock misses it
            present = with(present, delivery);
            coming = without(coming, delivery);
        }
    }

    private static List<Delivery> with(List<Delivery> others, Delivery one) {
        return Stream.concat(others.stream(), Stream.of(one)).toList();
    }

    private static List<Delivery> without(List<Delivery> all, Delivery one) {
        return all.stream().filter(each -> each != one).toList();
    }

    private void returned(Delivery delivery) {
        Absence own = absent.remove(delivery.name());
        if (own != null) {
            delivery.returns(own.tracker(), own.mark().since(),
                    own.mark().owed() || own.beside() || own.heard() != heard);
        } else if (anybody != null) {
            delivery.returns(new IMSessionTracker(), anybody.mark().since(),
                    anybody.mark().owed() || anybody.heard() != heard);
        }
    }

    /**
     * Somebody leaves.
     *
     * @return whether it was the last one
     */
    synchronized boolean leave(Delivery delivery) {
        Instant untold = gaps.untoldSince(); // first: what is handed over by now, the delivery knows of
        boolean joined = present.contains(delivery);
        boolean here = joined || coming.contains(delivery);
        present = without(present, delivery);
        coming = without(coming, delivery);
        boolean alone = isEmpty();
        if (!here) {
            return false; // it has been closed before it was expected
        }
        if (joined || !absent.containsKey(delivery.name())) {
            RouteMark mark = delivery.mark(gaps.mark(), untold);
            int holding = alone ? 0 : delivery.holding(); // which end without it
            absent.remove(delivery.name());
            absent.put(delivery.name(), new Absence(mark, delivery.tracker(), holding > 0 ? MISSED : heard, true));
            absent.keySet().removeIf(eldest -> absent.size() > ABSENT_REMEMBERED);
            if (holding > 0) {
                FeedLog.leftBehind(settings, delivery.name(), holding, mark.since());
            }
        }
        if (alone) {
            left = true;
            absent.replaceAll((name, absence) -> absence.alone());
        }
        return alone;
    }

    /** Something that was on its way to somebody who has left ends without it. */
    synchronized void missed(Delivery delivery) {
        absent.computeIfPresent(delivery.name(), (name, absence) -> absence.missed());
    }

    /** Somebody who has left is not to come back. */
    synchronized void forget(Delivery delivery) {
        absent.remove(delivery.name());
    }

    /** The feed does not go on for whoever has left. */
    synchronized void abandoned() {
        left = false;
        absent.replaceAll((name, absence) -> absence.missed());
        anybody = anybody == null ? null : anybody.missed();
        awaited = !isEmpty();
    }

    /**
     * Another process has followed the agent meanwhile, and told them of IM sessions.
     *
     * @param marks  what it has kept of them
     * @param goesOn whether its session goes on
     */
    synchronized void found(List<RouteMark> marks, boolean goesOn) {
        anybody = null;
        absent.replaceAll((name, each) -> new Absence(each.mark(), new IMSessionTracker(), MISSED, each.beside()));
        for (RouteMark mark : marks) {
            Absence kept = new Absence(mark, new IMSessionTracker(), goesOn ? heard : MISSED, false);
            if (mark.name().equals(RouteMark.ANYBODY)) {
                anybody = kept;
            } else {
                absent.put(mark.name(), kept);
            }
        }
        for (Delivery delivery : present) {
            delivery.heardElsewhere(new IMSessionTracker());
            returned(delivery);
        }
    }

    /**
     * How far each is, for the next process: those who have left others as well, for they may all be leaving.
     *
     * @param settled what was sent before that moment has ended for those who hear
     * @param untold  since when events are missing of which all are yet to be told
     */
    synchronized List<RouteMark> marks(Instant settled, Instant untold) {
        boolean owed = untold.isBefore(Instant.MAX);
        Map<String, RouteMark> marks = new LinkedHashMap<>();
        absent.forEach((name, each) -> marks.put(name, each.mark().owed(owed || each.heard() != heard)));
        coming.forEach(delivery -> marks.putIfAbsent(delivery.name(), anybody == null ? delivery.mark(settled, untold)
                : anybody.mark().of(delivery.name()).owed(owed)));
        present.forEach(delivery -> marks.merge(delivery.name(), delivery.mark(settled, untold), RouteMark::joined));
        return marks.values().stream().filter(mark -> mark.since().isBefore(Instant.MAX)).toList();
    }

    @Override
    public Instant since(Instant settled) {
        return gaps.since(settled);
    }

    @Override
    public List<RouteMark> marks(Instant settled) {
        Instant untold = gaps.untoldSince(); // first: what is handed over by now, the subscribers know of
        return marks(settled, untold);
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
