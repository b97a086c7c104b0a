package org.imsession.camel.event;

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
 * @param number       where it stands in its Bayeux session
 * @param origin       where it comes from
 * @param guarantee    what holds in the session that it came in
 * @param receivedAt   when it was received; GWS sends no time
 * @param tracked      what this subscriber had been told about the session before
 * @param heard        what is known of its cause
 */
public record FeedEvent(String agent, IMSessionNotification notification, String sequence, EventNumber number,
                        Origin origin, DeliveryGuarantee guarantee, Instant receivedAt, Tracked tracked,
                        Heard heard) {

    /** One without a number. */
    public FeedEvent(String agent, IMSessionNotification notification, String sequence, Origin origin,
                     DeliveryGuarantee guarantee, Instant receivedAt, Tracked tracked, Heard heard) {
        this(agent, notification, sequence, EventNumber.NONE, origin, guarantee, receivedAt, tracked, heard);
    }

    /** Whose text it is, if it is one. */
    public MessageDirection direction() {
        return heard.direction();
    }

    /** Whether it may have been delivered before. */
    public boolean redelivered() {
        return origin == Origin.REDELIVERED;
    }

    /** The same, delivered again. */
    public FeedEvent again() {
        return new FeedEvent(agent, notification, sequence, number, Origin.REDELIVERED, guarantee, receivedAt,
                tracked, heard);
    }

    /** The same with what this subscriber had been told. */
    public FeedEvent tracked(Tracked before) {
        return new FeedEvent(agent, notification, sequence, number, origin, guarantee, receivedAt, before, heard);
    }

    /** The same about something else. */
    public FeedEvent with(IMSessionNotification other) {
        return new FeedEvent(agent, other, sequence, number, origin, guarantee, receivedAt, tracked, heard);
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
