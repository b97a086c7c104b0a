package org.imsession.camel.bayeux;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests of one session that bring events, the handshake and each connect, as far as their answers may still
 * come. Guarded by the lock of its {@link AckLedger}.
 */
final class SentRequests {

    /** How many may be under way or given up before the eldest is forgotten. */
    private static final int REMEMBERED = 8;

    private final Map<String, Request> requests = new LinkedHashMap<>(2);
    private String latest = "";
    private Request whole;

    /**
     * One of them.
     *
     * @param base   how many events had been acknowledged with it
     * @param number counts the requests of the session, from 0, the handshake
     * @param after  the highest batch number that had come before it left; what answers it has a higher one
     */
    record Request(long base, Instant sentAt, long number, long after) {
    }

    SentRequests(String handshakeId, Instant begun) {
        this.whole = new Request(0, begun, 0, 0);
        requests.put(handshakeId, whole);
    }

    /** A connect is about to leave. */
    void leaves(String id, long base, Instant now, long number, long after) {
        latest = id;
        requests.put(id, new Request(base, now, number, after));
        if (requests.size() > REMEMBERED) {
            requests.remove(requests.keySet().iterator().next());
        }
    }

    /** Whether an answer to it is awaited. */
    boolean knows(String id) {
        return requests.containsKey(id);
    }

    /** Whether none has left after it. */
    boolean isLatest(String id) {
        return id.equals(latest);
    }

    /** The one that is answered, {@code null} if none is; its answer is no longer awaited. */
    Request answered(String id) {
        return requests.remove(id);
    }

    /** Its answer held all that the server had. The order of requests decides: the clock may have been set back. */
    void cameWhole(Request request) {
        whole = whole.number() > request.number() ? whole : request;
    }

    /** When the last one left whose answer came whole: all that the server had before has been received. */
    Instant whole() {
        return whole.sentAt();
    }
}
