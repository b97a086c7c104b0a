package org.imsession.camel.feed;

import java.util.concurrent.atomic.AtomicInteger;
import org.imsession.camel.bayeux.ReceivedEvent;

/**
 * An event of the server that has been received and has not ended: when the last of its subscribers has ended it, its
 * room is free and the server may forget it. Safe for use by several threads.
 */
final class PendingEvent implements EventEnd {

    private final ReceivedEvent event;
    private final PendingEvents counted;
    private final Intake intake;
    private final AtomicInteger remaining;

    /**
     * @param counted     where it counts until it has ended
     * @param subscribers how many are to end it; it never ends by itself if there are none
     */
    PendingEvent(ReceivedEvent event, PendingEvents counted, Intake intake, int subscribers) {
        this.event = event;
        this.counted = counted;
        this.intake = intake;
        this.remaining = new AtomicInteger(subscribers);
    }

    @Override
    public void ended() {
        if (remaining.decrementAndGet() == 0) {
            counted.end(event);
            intake.tellOfDroppedIfThereIsRoom(); // first: what was dropped was sent before what the end may bring
            event.ledger().ended(event);
        }
    }
}
