package org.imsession.camel.feed;

import java.time.Instant;
import java.util.Optional;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.SessionState;

/**
 * A notification on its way to one subscriber, with everything that is known about it but not in it.
 *
 * @param agent        the login name of the agent
 * @param notification what happened
 * @param sequence     unique for the agent, and the same when it is delivered again: fit for an idempotent consumer
 * @param origin       where it comes from
 * @param guarantee    what holds in the session that it came in
 * @param receivedAt   when it was received; GWS sends no time
 * @param tracked      what this subscriber had been told about the session before
 * @param direction    whose text it is, if it is one
 */
public record FeedEvent(String agent, IMSessionNotification notification, String sequence, Origin origin,
                        DeliveryGuarantee guarantee, Instant receivedAt, Tracked tracked,
                        MessageDirection direction) {

    /** Whether it may have been delivered before. */
    public boolean redelivered() {
        return origin == Origin.REDELIVERED;
    }

    FeedEvent again() {
        return new FeedEvent(agent, notification, sequence, Origin.REDELIVERED, guarantee, receivedAt, tracked,
                direction);
    }

    FeedEvent tracked(Tracked before) {
        return new FeedEvent(agent, notification, sequence, origin, guarantee, receivedAt, before, direction);
    }

    FeedEvent with(IMSessionNotification other) {
        return new FeedEvent(agent, other, sequence, origin, guarantee, receivedAt, tracked, direction);
    }

    /**
     * What is known about the session of a notification.
     *
     * @param previous the state that the subscriber was last told, {@link SessionState#UNKNOWN} if none
     * @param known    whether the subscriber had been told about the session at all
     * @param anomaly  what is odd about the notification in view of the ones before it, empty if nothing is
     */
    public record Tracked(SessionState previous, boolean known, String anomaly) {

        /** For what is about no session. */
        public static final Tracked NOTHING = new Tracked(SessionState.UNKNOWN, false, "");

        /** The state before this notification, if there was one. */
        public Optional<SessionState> previousState() {
            return known ? Optional.of(previous) : Optional.empty();
        }
    }
}
