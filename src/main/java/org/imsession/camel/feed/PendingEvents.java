package org.imsession.camel.feed;

import java.util.List;
import org.imsession.camel.bayeux.ReceivedEvent;
import org.imsession.camel.gws.AnswerMemory;

/** How many events have been received and have not ended, and the memory they hold. Safe for use by several threads. */
final class PendingEvents {

    private final AnswerMemory.Share memory;
    private volatile int number; // changed under the lock
    private long weight;
    private boolean forgotten;

    PendingEvents(AnswerMemory.Share memory) {
        this.memory = memory;
    }

    synchronized void add(List<ReceivedEvent> events) {
        long more = 0;
        for (ReceivedEvent event : events) {
            more += event.weight();
        }
        number += events.size();
        if (!forgotten) {
            weight += more;
            memory.add(more);
        }
    }

    synchronized void end(ReceivedEvent event) {
        number--;
        if (!forgotten) {
            weight -= event.weight();
            memory.give(event.weight());
        }
    }

    /** Those that have not ended will not, and what they hold is free. */
    synchronized void forget() {
        forgotten = true;
        memory.give(weight);
        weight = 0;
    }

    int get() {
        return number;
    }
}
