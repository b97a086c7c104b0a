package org.imsession.camel.bayeux;

import java.time.Instant;

/**
 * The requests of one session that bring events, the handshake and each connect, as far as their answers may still
 * come. Guarded by the lock of its {@link AckLedger}.
 */
final class SentRequests {

    /** How many may be under way or given up before the eldest is forgotten. */
    private static final int REMEMBERED = 8;

    /** The last that left; awaited or not. */
    private Request latest;
    /** The last that is awaited, which leads to the others: mostly there is none. */
    private Request awaited;
    private Request whole;

    /** One of them. */
    static final class Request {

        private final String id;
        private final long base;
        private final Instant sentAt;
        private final long number;
        private final long after;
        private Request older;

        private Request(String id, long base, Instant sentAt, long number, long after) {
            this.id = id;
            this.base = base;
            this.sentAt = sentAt;
            this.number = number;
            this.after = after;
        }

        /** How many events had been acknowledged with it. */
        long base() {
            return base;
        }

        Instant sentAt() {
            return sentAt;
        }

        /** Counts the requests of the session, from 0, the handshake. */
        long number() {
            return number;
        }

        /** The highest batch number that had come before it left; what answers it has a higher one. */
        long after() {
            return after;
        }
    }

    SentRequests(String handshakeId, Instant begun) {
        whole = new Request(handshakeId, 0, begun, 0, 0);
        awaited = whole;
    }

    /** A connect is about to leave. */
    void leaves(String id, long base, Instant now, long number, long after) {
        latest = new Request(id, base, now, number, after);
        latest.older = awaited;
        awaited = latest;
        forgetEldest();
    }

    private void forgetEldest() {
        Request each = awaited;
        for (int i = 1; i < REMEMBERED && each != null; i++) {
            each = each.older;
        }
        if (each != null) {
            each.older = null;
        }
    }

    /** Whether an answer to it is awaited. */
    boolean knows(String id) {
        Request each = awaited;
        while (each != null && !each.id.equals(id)) {
            each = each.older;
        }
        return each != null;
    }

    /** Whether none has left after it. */
    boolean isLatest(String id) {
        return latest != null && latest.id.equals(id);
    }

    /** The one that is answered, {@code null} if none is; its answer is no longer awaited. */
    Request answered(String id) {
        Request newer = null;
        Request each = awaited;
        while (each != null && !each.id.equals(id)) {
            newer = each;
            each = each.older;
        }
        if (each != null) {
            if (newer == null) {
                awaited = each.older;
            } else {
                newer.older = each.older;
            }
            each.older = null;
        }
        return each;
    }

    /** Its answer held all that the server had. The order of requests decides: the clock may have been set back. */
    void cameWhole(Request request) {
        whole = whole.number > request.number ? whole : request;
    }

    /** When the last one left whose answer came whole: all that the server had before has been received. */
    Instant whole() {
        return whole.sentAt;
    }
}
