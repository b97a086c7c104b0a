package org.imsession.simulator.recorder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which events a server has sent before, by the rules of CometD's ack extension: what is not acknowledged comes
 * again, in
 * front of what is new. Not for use by several threads.
 */
final class SentBefore {

    private record Batch(long number, int events) {
    }

    private final Map<String, Deque<Batch>> bySession = new HashMap<>();

    /**
     * An answer to a connect.
     *
     * @param session      the id of the session
     * @param acknowledged the batch that the request acknowledged, -1 if none
     * @param number       that of the batch in the answer, -1 if it has none
     * @param events       how many events are in the answer
     * @return how many of them, from the front, came before
     */
    int again(String session, long acknowledged, long number, int events) {
        if (number < 0) {
            return 0;
        }
        Deque<Batch> sent = bySession.computeIfAbsent(session, id -> new ArrayDeque<>());
        sent.removeIf(batch -> batch.number() <= acknowledged);
        int again = Math.min(events, sent.stream().mapToInt(Batch::events).sum());
        if (events > again) {
            sent.add(new Batch(number, events - again));
        }
        return again;
    }

    void ended(String session) {
        bySession.remove(session);
    }
}
