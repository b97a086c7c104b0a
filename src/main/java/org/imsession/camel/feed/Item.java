package org.imsession.camel.feed;

import java.time.Instant;
import java.util.List;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSession;

/** What stands in the queue of a {@link Delivery}. */
sealed interface Item {

    /**
     * An event.
     *
     * @param epoch   the subscription that it came in, negative if it did not come live
     * @param end     is told when this subscriber has ended it
     * @param attempt counts its deliveries, from 1; the first one finds out what the subscriber was told before
     */
    record Event(FeedEvent event, long epoch, EventEnd end, int attempt) implements Item {

        Event with(FeedGap gap) {
            return new Event(event.with(gap), epoch, end, attempt);
        }

        /** The same, to be delivered once more. */
        Event again() {
            return new Event(event.again(), epoch, end, attempt + 1);
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

    /** The window that the subscriber is to be told of: there is one at most, which grows as long as it waits. */
    record Window() implements Item {
    }

    /** Nothing behind this is delivered until the subscriber resumes. */
    record Pause() implements Item {
    }
}
