package org.imsession.camel.feed;

import java.time.Instant;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.position.RouteMark;

/**
 * What one subscriber is to be told of what it may miss, and how far it has been told: one window at most waits, which
 * grows, and windows that are told never overlap. Guarded by the lock of its {@link Delivery}.
 */
final class RouteWindow {

    private Instant missing = Instant.MAX;
    private FeedEvent waiting;
    private FeedGap telling;
    /** Told last; of the window that waits, if one does. */
    private FeedGap latest;
    private Instant known = Instant.MIN;

    /**
     * A loss is to be told, behind what waits already or as part of the window that waits.
     *
     * @param leaving whether the subscriber is leaving, and takes it along
     * @return whether a window is to be queued
     */
    boolean tell(FeedEvent loss, boolean leaving) {
        FeedGap gap = (FeedGap) loss.notification();
        if (leaving) {
            missing = RouteMark.earlier(missing, gap.from());
            return false;
        }
        Instant before = latest != null && latest.to().isAfter(known) ? latest.to() : known;
        if (!before.isAfter(gap.to()) && before.isAfter(gap.from())) {
            gap = gap.from(before);
        }
        boolean first = waiting == null;
        latest = first ? gap : latest.joined(gap);
        waiting = (first ? loss : waiting).with(latest);
        missing = Instant.MAX;
        return first;
    }

    /** The part of a loss to be told by itself; {@code null} if a window tells, told, or grows to tell of it. */
    FeedGap cut(FeedGap loss) {
        boolean begun = latest != null && !loss.from().isBefore(latest.from()) && loss.from().isBefore(latest.to());
        if (begun && !loss.to().isAfter(latest.to())) {
            return null;
        }
        FeedGap rest = begun ? loss.from(latest.to()) : loss;
        latest = waiting == null ? rest : latest.joined(rest);
        waiting = waiting == null ? null : waiting.with(latest);
        return waiting == null ? rest : null;
    }

    /** See {@link Delivery#returns}. */
    void returns(Instant since, boolean missed) {
        known = since.equals(Instant.MAX) ? Instant.MIN : since;
        missing = missed ? since : Instant.MAX;
    }

    /** See {@link Delivery#mark}. */
    RouteMark mark(String name, Instant settled, Instant untold, Audience audience) {
        Instant own = untoldSince();
        Instant since = settled.equals(Instant.MAX) && known.isAfter(Instant.MIN) ? known
                : RouteMark.earlier(later(settled, audience), later(untold, audience));
        return new RouteMark(name, RouteMark.earlier(since, own), RouteMark.earlier(own, untold).isBefore(Instant.MAX));
    }

    private Instant later(Instant since, Audience audience) {
        return known.isAfter(since) && !audience.isAhead(known) ? known : since;
    }

    Instant missing() {
        return missing;
    }

    /** Since when events are missing of which it has not been told; {@link Instant#MAX} if none are. */
    Instant untoldSince() {
        Instant since = waiting == null ? missing : RouteMark.earlier(missing, latest.from());
        return telling == null ? since : RouteMark.earlier(since, telling.from());
    }

    /** The window that waits is being told. */
    FeedEvent take() {
        FeedEvent now = waiting;
        telling = (FeedGap) now.notification();
        waiting = null;
        return now;
    }

    /** It has been told. */
    void told() {
        known = telling == null ? known : telling.to();
        telling = null;
    }
}
