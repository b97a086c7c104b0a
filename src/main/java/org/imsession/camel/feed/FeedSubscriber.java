package org.imsession.camel.feed;

import org.imsession.camel.event.FeedEvent;
import org.imsession.camel.status.FeedStatus;

/** Somebody who wants the events of an agent: in a Camel context, a consumer. */
public interface FeedSubscriber {

    /**
     * Takes an event. Called by a worker thread, one event after the other: the next one comes only after
     * {@code done} was called for this one.
     *
     * @param event the event
     * @param done  to be called exactly once, by any thread, when everything that the event caused has ended
     */
    void deliver(FeedEvent event, Done done);

    /**
     * Hears that the state of the feed changed. Called by a worker thread, perhaps while {@link #deliver} is called by
     * another; the next call comes only after this one has returned.
     */
    void changed(FeedStatus status);

    /** Hears that it gets nothing more of an agent. Called by any thread; must not wait. */
    default void left(String agent) {
    }

    /** Who it is, for an operator: in a Camel context, the route. Called by any thread. */
    default String name() {
        return "a subscriber";
    }

    /** The end of an event's processing; the first call counts. */
    interface Done {

        /** The event needs no further delivery. */
        void ended();

        /** The event is to be delivered again after a back-off, before any other. */
        void failed();

        /** The subscriber is stopping and has not taken the event; its delivery is closed. */
        void abandoned();
    }
}
