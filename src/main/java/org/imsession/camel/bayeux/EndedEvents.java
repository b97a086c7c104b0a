package org.imsession.camel.bayeux;

import java.util.HashSet;
import java.util.Set;

/** Which events of a session have ended, in whatever order they do. Guarded by the lock of its {@link AckLedger}. */
final class EndedEvents {

    private Set<Long> ahead = Set.of(); // until one overtakes another
    private long upTo;

    /** All before that position have ended in an earlier process, or before an earlier start. */
    void resume(long position) {
        upTo = position;
    }

    /** The position of the first one that has not ended. */
    long upTo() {
        return upTo;
    }

    /** One has ended; whether that is news, and it is one of the queue. */
    boolean add(long position) {
        if (position < upTo || position > upTo && !overtakes(position)) {
            return false;
        }
        upTo += position == upTo ? 1 : 0;
        while (!ahead.isEmpty() && ahead.remove(upTo)) {
            upTo++;
        }
        return true;
    }

    private boolean overtakes(long position) {
        if (ahead.isEmpty()) {
            ahead = new HashSet<>();
        }
        return ahead.add(position);
    }
}
