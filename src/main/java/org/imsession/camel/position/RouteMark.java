package org.imsession.camel.position;

import java.time.Instant;

/**
 * How far one subscriber of a feed is, also for the next process.
 *
 * @param name  who it is: in a Camel context, the route
 * @param since what was sent before that moment has ended for it, or it has been told of it; {@link Instant#MAX} if
 *              nothing was ever promised
 * @param owed  whether it is to be told of a gap from there on although the session goes on
 */
public record RouteMark(String name, Instant since, boolean owed) {

    /** Whoever has no mark of its own: of what older versions kept, where nothing was known of single subscribers. */
    public static final String ANYBODY = "";

    /** The same, told of a gap from there on in any case. */
    public RouteMark owed(boolean also) {
        return new RouteMark(name, since, owed || also);
    }

    /** The same, of somebody else. */
    public RouteMark of(String another) {
        return new RouteMark(another, since, owed);
    }

    /** Of two of that name, so that neither loses anything. */
    public RouteMark joined(RouteMark other) {
        return new RouteMark(name, earlier(since, other.since), owed || other.owed);
    }

    /** The earlier one of two moments. */
    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
