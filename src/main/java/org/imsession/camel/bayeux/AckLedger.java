package org.imsession.camel.bayeux;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has been received and what has ended in one Bayeux session, and hence which batch may be acknowledged.
 * <p>
 * The server keeps every event under the batch in which it was queued, drops all up to the acknowledged batch, and
 * answers with everything that is left, oldest first (CometD, {@code AcknowledgedMessagesSessionExtension} and
 * {@code BatchArrayQueue}). So the events of an answer begin right behind the batch that its request acknowledged: the
 * first of them have been received before, the rest is new. They are told apart by position; a checksum guards against
 * a server that does not repeat itself, where taking an event twice is right and losing one is not.
 * <p>
 * It also knows since when events may be missing. An answer holds everything that the server had before it heard the
 * request, and nothing is known of what came behind; so the last moment at which nothing was missing is that in which
 * the last request left whose answer came whole, however late the answer came.
 * <p>
 * Safe for use by several threads; the lock is never held while anything else is called.
 */
public final class AckLedger {

    /** How many requests may be under way or given up before the eldest is forgotten. */
    private static final int REQUESTS_REMEMBERED = 8;
    /** So many batch numbers in a row that cannot be right are no accident. */
    private static final int INCREDIBLE_BEFORE_GIVING_UP = 5;
    /** So many events that have ended and cannot be acknowledged are more than any answer brings. */
    private static final int UNNUMBERED_BEFORE_GIVING_UP = 100_000;

    private final boolean acknowledging;
    private final InstantSource clock;
    private final Waiting waiting;
    private final Deque<Batch> closed = new ArrayDeque<>();
    private final Deque<Integer> checksums = new ArrayDeque<>();
    private final Map<String, Request> requests = new LinkedHashMap<>();
    private final Set<Long> endedAhead = new HashSet<>();
    private long acknowledgedBatch;
    private long acknowledgedEnd;
    private long lastBatch;
    private long received;
    private long ended;
    private long aside;
    private String latest = "";
    private long sent;
    private long firstBatch = -1;
    private int incredible;
    private boolean misaligned;
    private boolean again;
    private boolean more;
    private boolean restarted;
    private Request whole;
    private Instant settled;
    private Acknowledged sealed;

    /** What waits for events to end before it leaves. */
    interface Waiting {

        /** Events have ended. */
        void ended();
    }

    private record Batch(long number, long end, Instant since) {
    }

    /**
     * A connect, or the handshake.
     *
     * @param base   how many events had been acknowledged with it
     * @param number counts the requests of the session
     * @param after  the highest batch number that had come before it left; what answers it has a higher one
     */
    private record Request(long base, Instant sentAt, long number, long after) {
    }

    /**
     * @param acknowledging whether the server keeps events until they are acknowledged
     * @param handshakeId   the id of the {@code /meta/handshake} that began the session: its answer may bring events
     * @param begun         when the session was asked for
     * @param clock         the time of day
     * @param waiting       told, on the thread that said so, when the last outstanding event has ended; each time if
     *                      the server keeps none
     */
    AckLedger(boolean acknowledging, String handshakeId, Instant begun, InstantSource clock, Waiting waiting) {
        this.acknowledging = acknowledging;
        this.whole = new Request(0, begun, 0, 0);
        this.requests.put(handshakeId, whole);
        this.settled = begun;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** The ledger of a session that another process, or an earlier start, has brought to this position. */
    static AckLedger resume(SessionPosition position, String handshakeId, InstantSource clock, Waiting waiting) {
        AckLedger ledger = new AckLedger(true, handshakeId, position.settled(), clock, waiting);
        ledger.acknowledgedBatch = position.batch();
        ledger.lastBatch = position.batch();
        ledger.acknowledgedEnd = position.end();
        ledger.received = position.end();
        ledger.ended = position.end();
        ledger.again = true;
        ledger.sent = 1; // the last connect of the process before may come late
        return ledger;
    }

    /**
     * What to put into a {@code /meta/connect} that is about to leave: the last batch whose events have all ended.
     * To be called for each, whether the server acknowledges or not.
     *
     * @param requestId the id of the {@code /meta/connect}
     */
    synchronized Acknowledged acknowledge(String requestId) {
        return acknowledge(requestId, acknowledged());
    }

    /**
     * As {@link #acknowledge(String)}, but only so far.
     *
     * @param upTo what {@link #acknowledged()} or {@link #told()} has said of this session
     */
    synchronized Acknowledged acknowledge(String requestId, Acknowledged upTo) {
        if (sealed == null) {
            settle(upTo);
        }
        latest = requestId;
        requests.put(requestId, new Request(acknowledgedEnd, clock.instant(), ++sent, lastBatch));
        if (requests.size() > REQUESTS_REMEMBERED) {
            requests.remove(requests.keySet().iterator().next());
        }
        return told();
    }

    /**
     * Whether a server that keeps events answers a connect that is none of this session, or was overtaken long ago: it
     * may be on its way while the session is left, and taken up anew, and what it brings comes again.
     */
    synchronized boolean isOfAnother(String connectId) {
        return acknowledging && !requests.containsKey(connectId);
    }

    /**
     * How far the session has been acknowledged for whoever goes on with it: no connect that is still on its way out
     * acknowledges more, whatever ends meanwhile. Else what comes next would be counted from a wrong position.
     */
    synchronized Acknowledged seal() {
        sealed = acknowledged();
        return sealed;
    }

    /** How far the session could be acknowledged now. */
    synchronized Acknowledged acknowledged() {
        if (sealed != null) {
            return sealed;
        }
        Acknowledged sofar = told();
        for (Batch batch : closed) {
            if (batch.end() > ended) {
                break;
            }
            sofar = new Acknowledged(batch.number(), batch.end(), batch.since());
        }
        return sofar;
    }

    /** How far the server has been told to forget, or has told itself. */
    synchronized Acknowledged told() {
        return new Acknowledged(acknowledgedBatch, acknowledgedEnd, settled);
    }

    private void settle(Acknowledged upTo) {
        while (!closed.isEmpty() && closed.peekFirst().end() <= upTo.end()
                && closed.peekFirst().number() <= upTo.batch()) {
            closed.removeFirst();
        }
        for (long position = acknowledgedEnd; position < upTo.end(); position++) {
            checksums.pollFirst();
        }
        acknowledgedBatch = upTo.batch();
        acknowledgedEnd = upTo.end();
        settled = upTo.settled();
    }

    /**
     * How far the session has been acknowledged.
     *
     * @param batch   the batch number, 0 if none
     * @param end     the number of events up to its end
     * @param settled everything that the server had before has ended
     */
    record Acknowledged(long batch, long end, Instant settled) {
    }

    /** Everything that the server had before that moment has been received, or was refused and told so. */
    public synchronized Instant whole() {
        return whole.sentAt();
    }

    /** Everything that the server had before that moment has ended. */
    public Instant settled() {
        return acknowledged().settled();
    }

    /**
     * Everything that the server had before that moment has been received and has ended: what may be lost with the
     * session, or with this process, was sent later.
     */
    public synchronized Instant liableSince() {
        Instant received = whole.sentAt();
        return outstanding() > 0 && settled().isBefore(received) ? settled() : received;
    }

    /** The checksums of the events with which the next answer will begin, because they are not acknowledged yet. */
    synchronized int[] expected() {
        return checksums.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Takes an answer in.
     *
     * @param requestId the id of the {@code /meta/connect} or {@code /meta/handshake} that is answered, or empty
     * @param batch     the batch number that came with it, negative if none did
     * @param events    the events of the answer, in order
     * @param room      how many new events can be taken now; the server keeps the others if it acknowledges at all
     * @param complete  whether it is the answer of a server to which all is well, and it held no more events than these
     */
    synchronized TakenAnswer take(String requestId, long batch, List<ReceivedEvent> events, int room, boolean complete) {
        Instant since = whole.sentAt();
        Request request = requests.remove(requestId);
        if (!acknowledging) {
            return takeUnacknowledged(request, events, room, complete);
        }
        if (request == null) {
            return takeAside(events);
        }
        long position = request.base();
        Iterator<Integer> seen = checksums.iterator();
        List<ReceivedEvent> fresh = new ArrayList<>(events.size());
        int refused = 0;
        int repeated = 0;
        for (ReceivedEvent event : events) {
            int checksum = event.checksum();
            if (position < acknowledgedEnd || event.repeated()
                    || position < received && matches(seen.next(), checksum)) {
                if (event.repeated() && position >= acknowledgedEnd) {
                    seen.next();
                }
                repeated++;
                position++;
                continue;
            }
            position = Math.max(position, received);
            if (fresh.size() >= room) {
                refused++;
                continue;
            }
            fresh.add(received(position, event));
            checksums.addLast(checksum);
            received = ++position;
            seen = Collections.emptyIterator();
        }
        more = refused > 0 || !complete;
        boolean credible = isCredible(batch);
        restarted |= batch >= 0 && batch < request.after();
        misaligned |= restarted || !credible
                || !events.isEmpty() && batch <= lastBatch && requestId.equals(latest);
        // a success without a number says nothing of the queue: it may not have been looked at
        if (refused == 0 && complete && credible && batch > request.after()) {
            whole = later(whole, request);
            if (batch > lastBatch) {
                if (firstBatch < 0) {
                    firstBatch = batch;
                    sent += request.number() == 0 ? 1 : 0; // the handshake has ended one, too
                }
                again = false; // what comes from now on was queued after the resumption
                // the answer to an overtaken connect ends before what the one after it has brought
                long end = requestId.equals(latest) ? received : Math.max(position, acknowledgedEnd);
                close(new Batch(batch, end, request.sentAt()));
                lastBatch = batch;
            }
        }
        return new TakenAnswer(fresh, refused, repeated, since);
    }

    /**
     * A server ends one batch with each {@code /meta/connect} that reaches it, answered or not and in whatever order,
     * so since the first number it cannot have ended more than the connects that have been sent since. Acknowledged all
     * the same, a number that is too high would have it forget events that it never sent. The first number of a session,
     * or after a resumption, cannot be judged: it says what the others are counted from.
     */
    private boolean isCredible(long batch) {
        boolean credible = batch <= lastBatch || firstBatch < 0 || batch - firstBatch < sent;
        incredible = credible ? 0 : incredible + 1;
        return credible;
    }

    /**
     * Whether a number has come that is lower than one before it, although the request that it answers left only after
     * that one had come. So the server has begun anew, without what it kept, and an acknowledgement by the old numbers
     * would have it forget what it is going to keep.
     */
    synchronized boolean isRestarted() {
        return restarted;
    }

    /** How far the server has counted since its first number. */
    synchronized long counted() {
        return firstBatch < 0 ? 0 : lastBatch - firstBatch;
    }

    /** Whether the server has events of the last answer still to send: there was no room, or it was cut short. */
    synchronized boolean hasMore() {
        return more;
    }

    /** Whether the server has counted too high so often that it will go on to; nothing was acknowledged by it. */
    synchronized boolean isMiscounted() {
        return incredible >= INCREDIBLE_BEFORE_GIVING_UP;
    }

    /**
     * Whether the server keeps to no number, so that nothing can be acknowledged, and all that it ever sent is to be
     * remembered, here and there.
     */
    synchronized boolean isUnnumbered() {
        return closed.isEmpty() && ended - acknowledgedEnd > UNNUMBERED_BEFORE_GIVING_UP;
    }

    /** One without events extends the one before it, so that there are never more batches than events. */
    private void close(Batch batch) {
        if (!closed.isEmpty() && closed.peekLast().end() == batch.end()) {
            closed.removeLast();
        }
        closed.addLast(batch);
    }

    /** The order of the requests decides, not their times: the clock may have been set back between them. */
    private static Request later(Request one, Request other) {
        return one.number() > other.number() ? one : other;
    }

    /** A server that keeps nothing: what there is no room for is lost. */
    private TakenAnswer takeUnacknowledged(Request request, List<ReceivedEvent> events, int room, boolean complete) {
        Instant since = whole.sentAt();
        int taken = Math.min(room, events.size());
        List<ReceivedEvent> fresh = new ArrayList<>(taken);
        for (ReceivedEvent event : events.subList(0, taken)) {
            fresh.add(received(received++, event));
        }
        if (request != null && complete) {
            whole = later(whole, request);
            close(new Batch(0, received, whole.sentAt()));
            settle(acknowledged());
        }
        return new TakenAnswer(fresh, events.size() - taken, 0, since);
    }

    /**
     * Events beside the acknowledged queue, which the CometD server never sends, so they must not be counted in it. One
     * that is the next of the queue, and so came without its bytes, is at work already.
     */
    private TakenAnswer takeAside(List<ReceivedEvent> events) {
        List<ReceivedEvent> fresh = new ArrayList<>(events.size());
        for (ReceivedEvent event : events) {
            if (!event.repeated()) {
                fresh.add(received(-++aside, event));
            }
        }
        return new TakenAnswer(fresh, 0, events.size() - fresh.size(), whole.sentAt());
    }

    private ReceivedEvent received(long position, ReceivedEvent event) {
        return event.at(position, again, this);
    }

    private boolean matches(int seen, int checksum) {
        misaligned |= seen != checksum;
        return seen == checksum;
    }

    /**
     * Tells that everything which an event of this ledger caused has ended, so that the server may forget it; others
     * before it may still be at work. Idempotent.
     */
    public void ended(ReceivedEvent event) {
        long position = event.position();
        boolean all;
        synchronized (this) {
            if (position < ended || position > ended && !endedAhead.add(position)) {
                return; // beside the queue, or told before
            }
            ended += position == ended ? 1 : 0;
            while (!endedAhead.isEmpty() && endedAhead.remove(ended)) {
                ended++;
            }
            all = ended == received;
        }
        if (all || !acknowledging) {
            waiting.ended();
        }
    }

    /** How many received events have not ended. */
    public synchronized long outstanding() {
        return received - ended;
    }

    /**
     * Whether the server once did not repeat what it should have, or did not number what it sent, so that an event may
     * have been taken twice.
     */
    public synchronized boolean misaligned() {
        return misaligned;
    }

    /** Whether the server keeps events until they are acknowledged. */
    public boolean acknowledging() {
        return acknowledging;
    }
}
