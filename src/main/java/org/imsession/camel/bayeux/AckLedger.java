package org.imsession.camel.bayeux;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

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

    /** So many events that have ended and cannot be acknowledged are more than any answer brings. */
    private static final int UNNUMBERED_BEFORE_GIVING_UP = 100_000;

    private final boolean acknowledging;
    private final InstantSource clock;
    private final Waiting waiting;
    private final Deque<Acknowledged> closed = new ArrayDeque<>(1);
    private final Deque<Integer> checksums = new ArrayDeque<>(1);
    private final SentRequests requests;
    private final BatchNumbers numbers = new BatchNumbers();
    private final EndedEvents ended = new EndedEvents();
    private long acknowledgedBatch;
    private long acknowledgedEnd;
    private long received;
    private long aside;
    private boolean misaligned;
    private boolean again;
    private boolean more;
    private Instant settled;
    private Acknowledged sealed;

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
        this.requests = new SentRequests(handshakeId, begun);
        this.settled = begun;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** The ledger of a session that another process, or an earlier start, has brought to this position. */
    static AckLedger resume(SessionPosition position, String handshakeId, InstantSource clock, Waiting waiting) {
        AckLedger ledger = new AckLedger(true, handshakeId, position.settled(), clock, waiting);
        ledger.acknowledgedBatch = position.batch();
        ledger.numbers.resume(position.batch());
        ledger.acknowledgedEnd = position.end();
        ledger.received = position.end();
        ledger.ended.resume(position.end());
        ledger.again = true;
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
        requests.leaves(requestId, acknowledgedEnd, clock.instant(), numbers.next(), numbers.last());
        return told();
    }

    /**
     * Whether a server that keeps events answers a connect that is none of this session, or was overtaken long ago: it
     * may be on its way while the session is left, and taken up anew, and what it brings comes again.
     */
    synchronized boolean isOfAnother(String connectId) {
        return acknowledging && !requests.knows(connectId);
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
        for (Acknowledged batch : closed) {
            if (batch.end() > ended.upTo()) {
                break;
            }
            sofar = batch;
        }
        return sofar;
    }

    /** How far the server has been told to forget, or has told itself. */
    synchronized Acknowledged told() {
        return new Acknowledged(acknowledgedBatch, acknowledgedEnd, settled);
    }

    private void settle(Acknowledged upTo) {
        while (!closed.isEmpty() && closed.peekFirst().end() <= upTo.end()
                && closed.peekFirst().batch() <= upTo.batch()) {
            closed.removeFirst();
        }
        for (long position = acknowledgedEnd; position < upTo.end(); position++) {
            checksums.pollFirst();
        }
        acknowledgedBatch = upTo.batch();
        acknowledgedEnd = upTo.end();
        settled = upTo.settled();
    }

    /** Everything that the server had before that moment has been received, or was refused and told so. */
    public synchronized Instant whole() {
        return requests.whole();
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
        Instant received = requests.whole();
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
        Instant since = requests.whole();
        SentRequests.Request request = requests.answered(requestId);
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
        boolean credible = numbers.take(batch, request.after());
        misaligned |= numbers.isRestarted() || !credible
                || !events.isEmpty() && batch <= numbers.last() && requests.isLatest(requestId);
        // a success without a number says nothing of the queue: it may not have been looked at
        if (refused == 0 && complete && credible && batch > request.after()) {
            requests.cameWhole(request);
            if (batch > numbers.last()) {
                numbers.close(batch, request.number() == 0);
                again = false; // what comes from now on was queued after the resumption
                // the answer to an overtaken connect ends before what the one after it has brought
                long end = requests.isLatest(requestId) ? received : Math.max(position, acknowledgedEnd);
                close(new Acknowledged(batch, end, request.sentAt()));
            }
        }
        return new TakenAnswer(fresh, refused, repeated, since);
    }

    /** See {@link BatchNumbers#isRestarted()}. */
    synchronized boolean isRestarted() {
        return numbers.isRestarted();
    }

    /** See {@link BatchNumbers#counted()}. */
    synchronized long counted() {
        return numbers.counted();
    }

    /** See {@link BatchNumbers#isMiscounted()}. */
    synchronized boolean isMiscounted() {
        return numbers.isMiscounted();
    }

    /** Whether the server has events of the last answer still to send: there was no room, or it was cut short. */
    synchronized boolean hasMore() {
        return more;
    }

    /**
     * Whether the server keeps to no number, so that nothing can be acknowledged, and all that it ever sent is to be
     * remembered, here and there.
     */
    synchronized boolean isUnnumbered() {
        return closed.isEmpty() && ended.upTo() - acknowledgedEnd > UNNUMBERED_BEFORE_GIVING_UP;
    }

    /** One without events extends the one before it, so that there are never more batches than events. */
    private void close(Acknowledged batch) {
        if (!closed.isEmpty() && closed.peekLast().end() == batch.end()) {
            closed.removeLast();
        }
        closed.addLast(batch);
    }

    /** A server that keeps nothing: what there is no room for is lost. */
    private TakenAnswer takeUnacknowledged(SentRequests.Request request, List<ReceivedEvent> events, int room, boolean complete) {
        Instant since = requests.whole();
        int taken = Math.min(room, events.size());
        List<ReceivedEvent> fresh = new ArrayList<>(taken);
        for (ReceivedEvent event : events.subList(0, taken)) {
            fresh.add(received(received++, event));
        }
        if (request != null && complete) {
            requests.cameWhole(request);
            close(new Acknowledged(0, received, requests.whole()));
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
        return new TakenAnswer(fresh, 0, events.size() - fresh.size(), requests.whole());
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
        boolean all;
        synchronized (this) {
            if (!ended.add(event.position())) {
                return; // beside the queue, or told before
            }
            all = ended.upTo() == received;
        }
        if (all || !acknowledging) {
            waiting.ended();
        }
    }

    /** How many received events have not ended. */
    public synchronized long outstanding() {
        return received - ended.upTo();
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
