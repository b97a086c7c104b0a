package org.imsession.camel.feed;

import java.time.Instant;
import java.util.List;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.Origin;
import org.imsession.camel.model.FeedGap;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.text.SafeFileName;

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

        /** What follows from it about one session. */
        Event telling(String agent, IMSessionStateChangeMessage change) {
            return new Event(new FeedEvent(agent, change, sequence + "-" + SafeFileName.of(change.sessionId()),
                    Origin.SNAPSHOT, guarantee, receivedAt, FeedEvent.Tracked.NOTHING, Heard.UNKNOWN), -1,
                    EventEnd.NONE, 1);
        }
    }

    /** The window that the subscriber is to be told of: there is one at most, which grows as long as it waits. */
    record Window() implements Item {
    }

    /** Nothing behind this is delivered until the subscriber resumes. */
    record Pause() implements Item {
    }
}
