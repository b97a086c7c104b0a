package org.imsession.camel.feed;

import java.time.Instant;
import java.util.List;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;

/** What stands in the queue of a {@link Delivery}. */
sealed interface Item {

    /**
     * A notification.
     *
     * @param epoch     the subscription that it came in, negative if it did not come live
     * @param direction whose text it is
     * @param ended     called when this subscriber has ended it
     */
    record Notification(IMSessionNotification notification, String sequence, Origin origin,
                        DeliveryGuarantee guarantee, Instant receivedAt, long epoch, MessageDirection direction,
                        Runnable ended)
            implements Item {

        Notification with(FeedGap gap) {
            return new Notification(gap, sequence, origin, guarantee, receivedAt, epoch, direction, ended);
        }
    }

    /**
     * The sessions as the server listed them after a subscription.
     *
     * @param sequence what the sequences of the events begin with that follow from it
     */
    record Snapshot(List<IMSession> sessions, String sequence, DeliveryGuarantee guarantee, Instant receivedAt,
                    long epoch) implements Item {
    }

    /** An event that failed and waits to be delivered again, for the time of that number. */
    record Again(FeedEvent event, Runnable ended, int attempt) implements Item {
    }

    /** The window that the subscriber is to be told of: there is one at most, which grows as long as it waits. */
    record Window() implements Item {
    }

    /** Nothing behind this is delivered until the subscriber resumes. */
    record Pause() implements Item {
    }
}
