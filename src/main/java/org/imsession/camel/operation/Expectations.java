package org.imsession.camel.operation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.imsession.camel.event.Heard;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionRequest;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.SessionState;

/**
 * What one agent's operations will cause, oldest first, and what of it has come. Also tells the agent's own texts,
 * which GWS sends back, from the other party's. Memory is bounded. Safe for use by several threads.
 */
final class Expectations implements NotificationObserver {

    /** From the answer on: longer than a session outlives a broken network, shorter than people repeat themselves. */
    private static final Duration ECHO = Duration.ofSeconds(60);
    /** Where a server sends no echoes, so many texts wait for theirs at most. */
    private static final int MOST = 1000;

    private final LongSupplier nanoTime;
    private final HeardSessions sessions;
    private final Map<String, Deque<Expectation>> open = new LinkedHashMap<>();
    private String last = "";
    private volatile boolean spoken;

    /** @param sessions those that are heard of here or elsewhere */
    Expectations(LongSupplier nanoTime, HeardSessions sessions) {
        this.nanoTime = nanoTime;
        this.sessions = sessions;
    }

    /**
     * Expects what a request, about to be sent, will cause.
     *
     * @param known        the sessions that exist, for a request that makes a new one
     * @param traceContext of the exchange that asked for it
     */
    synchronized Expectation expect(IMSessionRequest request, Set<String> known, Map<String, String> traceContext) {
        boolean text = request instanceof IMSessionRequest.SendMessage;
        spoken |= text;
        Set<String> before = Set.of();
        if (request instanceof IMSessionRequest.Initiate) { // nothing else makes a new one
            before = new HashSet<>(known);
            before.addAll(sessions.ids());
        }
        Expectation expectation = new Expectation(request.sessionId(), fits(request, before), text,
                traceContext);
        prune();
        Deque<Expectation> ofSession = open.computeIfAbsent(expectation.sessionId(), id -> new ArrayDeque<>());
        ofSession.addLast(expectation);
        if (ofSession.size() > MOST) {
            ofSession.removeFirst();
        }
        return expectation;
    }

    /** The request was not done. */
    synchronized void withdraw(Expectation expectation) {
        Deque<Expectation> ofSession = open.get(expectation.sessionId());
        if (ofSession != null) {
            ofSession.remove(expectation);
        }
    }

    /** The request was answered, or nobody waits any longer: a text may still come back for a while, all else not. */
    void letGo(Expectation expectation) {
        if (expectation.isText()) {
            age(expectation);
        } else {
            withdraw(expectation);
        }
    }

    /** The request was answered; what it causes may come for a while. */
    void age(Expectation expectation) {
        expectation.staleAt(nanoTime.getAsLong() + ECHO.toNanos());
    }

    private void prune() {
        long now = nanoTime.getAsLong();
        open.values().removeIf(ofSession -> {
            while (!ofSession.isEmpty() && ofSession.peekFirst().isStale(now)) {
                ofSession.removeFirst();
            }
            return ofSession.isEmpty();
        });
    }

    @Override
    public Heard heard(IMSessionNotification notification, boolean again) {
        // what is heard again was caused by an operation of long ago
        Expectation met = again ? null : take(notification);
        if (met != null) {
            met.met().complete(notification);
            return met.heard();
        }
        return spoken && !again ? Heard.INBOUND : Heard.UNKNOWN;
    }

    private synchronized Expectation take(IMSessionNotification notification) {
        String id = notification.sessionId();
        if (open.isEmpty() && id.equals(last)) {
            return null; // as nearly all are: nothing is expected, and the session is known
        }
        Expectation met = id.isEmpty() ? null : take(open.get(id), notification);
        if (met == null && notification instanceof IMSessionStateChangeMessage) {
            met = take(open.get(""), notification);
        }
        if (!id.isEmpty()) {
            sessions.add(id);
            last = id;
        }
        return met;
    }

    private Expectation take(Deque<Expectation> expected, IMSessionNotification notification) {
        if (expected == null) {
            return null;
        }
        long now = nanoTime.getAsLong();
        for (Iterator<Expectation> oldestFirst = expected.iterator(); oldestFirst.hasNext();) {
            Expectation each = oldestFirst.next();
            if (each.isStale(now)) {
                oldestFirst.remove();
            } else if (each.fits(notification)) {
                oldestFirst.remove();
                return each;
            }
        }
        return null;
    }

    private static Predicate<IMSessionNotification> fits(IMSessionRequest request, Set<String> known) {
        if (request instanceof IMSessionRequest.SendMessage say) {
            return each -> each instanceof IMLogUpdateMessage text && text.message().equals(say.text());
        }
        if (request instanceof IMSessionRequest.Initiate call) {
            return each -> each instanceof IMSessionStateChangeMessage change
                    && !known.contains(change.sessionId()) && isOwnCall(change.imSession(), call.destination());
        }
        if (request instanceof IMSessionRequest.Complete) {
            return each -> each instanceof IMSessionStateChangeMessage change
                    && change.state() == SessionState.COMPLETED;
        }
        return each -> each instanceof IMSessionStateChangeMessage change
                && change.notificationType() == NotificationType.ATTACHED_DATA_CHANGED;
    }

    /** Alerting is somebody else's call (EventRinging), and a call of ours does not begin with its end. */
    private static boolean isOwnCall(IMSession session, String destination) {
        return session.state() != SessionState.ALERTING && session.state() != SessionState.COMPLETED
                && PhoneNumbers.isParty(session, destination);
    }
}
