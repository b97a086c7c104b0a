package org.imsession.camel.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imsession.camel.event.FeedEvent.Tracked;
import org.imsession.camel.model.IMLogUpdateMessage;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.model.IMSessionStateChangeMessage;
import org.imsession.camel.model.NotificationType;
import org.imsession.camel.model.SessionState;

/**
 * What one subscriber has been told about the IM sessions of an agent: the base of the previous state, of what is odd
 * about an event, and of what a snapshot adds. Memory is bounded: of completed sessions only the latest are remembered.
 * One thread at a time.
 */
public final class IMSessionTracker {

    /** More than any agent completes between a snapshot and the live events that overtook it. */
    private static final int COMPLETED_REMEMBERED = 64;
    /** GWS allows one session per agent; a server that names thousands must not fill the memory. */
    private static final int SESSIONS_REMEMBERED = 1024;

    private static final long NEVER = Long.MIN_VALUE;

    private Map<String, Seen> sessions = Collections.emptyMap(); // until the first is told
    private int completed;
    /** The subscription whose snapshot has been told; until then nobody knows what was never announced. */
    private long reconciled = NEVER;

    /**
     * @param session the session as last told; of one that is completed, id and state only
     * @param epoch   the subscription in which a live event last told something about it, negative if none did
     */
    private record Seen(IMSession session, long epoch) {

        boolean completed() {
            return session.state() == SessionState.COMPLETED;
        }
    }

    /**
     * Notes an event that is about to be delivered.
     *
     * @param epoch the subscription that it came in, negative if it did not come live
     */
    public Tracked track(IMSessionNotification notification, long epoch) {
        if (notification instanceof IMSessionStateChangeMessage change) {
            return track(change, epoch);
        }
        if (notification instanceof IMLogUpdateMessage) {
            Seen seen = sessions.get(notification.sessionId());
            if (seen == null) {
                return new Tracked(SessionState.UNKNOWN, false,
                        epoch == reconciled ? "message for a session that was never announced" : "");
            }
            return new Tracked(seen.session().state(), true,
                    seen.completed() && seen.epoch() == epoch ? "message for a completed session" : "");
        }
        return Tracked.NOTHING;
    }

    private Tracked track(IMSessionStateChangeMessage change, long epoch) {
        Seen seen = remember(change.imSession(), epoch);
        String anomaly = anomaly(change, seen, epoch);
        return seen == null
                ? new Tracked(SessionState.UNKNOWN, false, anomaly)
                : new Tracked(seen.session().state(), true, anomaly);
    }

    /** Only what came live in one subscription came in the order in which it happened. */
    private String anomaly(IMSessionStateChangeMessage change, Seen seen, long epoch) {
        SessionState now = change.state();
        if (seen == null) {
            if (epoch != reconciled) {
                return "";
            }
            if (change.notificationType() == NotificationType.ATTACHED_DATA_CHANGED) {
                return "user data of a session that was never announced";
            }
            return now != SessionState.COMPLETED && isAnotherOpen(change.imSession(), epoch)
                    ? "a second session before the first was completed" : "";
        }
        if (epoch < 0 || seen.epoch() != epoch) {
            return "";
        }
        if (seen.completed()) {
            return now == SessionState.COMPLETED ? "completed twice" : "change of a completed session";
        }
        SessionState before = seen.session().state();
        boolean backwards = now != SessionState.UNKNOWN && before != SessionState.UNKNOWN && rank(now) < rank(before);
        return backwards ? "state went back from " + before + " to " + now : "";
    }

    /** Mostly there is none beside it, so that those that are completed need not be looked at one by one. */
    private boolean isAnotherOpen(IMSession open, long epoch) {
        return completed + 1 < sessions.size() && sessions.values().stream()
                .anyMatch(other -> !other.completed() && other.epoch() == epoch && other.session() != open);
    }

    private static int rank(SessionState state) {
        return state == SessionState.COMPLETED ? 2 : state == SessionState.TALKING ? 1 : 0;
    }

    /**
     * What a snapshot tells that the subscriber does not know: a change for each session that differs, and a completion
     * for each that has vanished. Sessions about which a live event came after the subscription are left alone, since
     * that event is newer than the snapshot or as new.
     *
     * @param snapshot the sessions as the server listed them
     * @param epoch    the subscription after which it was read
     */
    public List<IMSessionStateChangeMessage> reconcile(List<IMSession> snapshot, long epoch) {
        reconciled = epoch;
        List<IMSessionStateChangeMessage> changes = new ArrayList<>();
        Set<String> listed = snapshot.stream().map(IMSession::id).collect(Collectors.toSet());
        for (Seen seen : sessions.values()) {
            if (!seen.completed() && seen.epoch() != epoch && !listed.contains(seen.session().id())) {
                changes.add(change(completed(seen.session()), NotificationType.STATUS_CHANGE));
            }
        }
        for (IMSession session : snapshot) {
            Seen seen = sessions.get(session.id());
            if (seen == null || seen.epoch() != epoch) {
                change(session, seen).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private static Optional<IMSessionStateChangeMessage> change(IMSession session, Seen seen) {
        if (seen == null || seen.completed()) {
            return session.state() == SessionState.COMPLETED
                    ? Optional.empty() : Optional.of(change(session, NotificationType.STATUS_CHANGE));
        }
        if (!seen.session().stateText().strip().equalsIgnoreCase(session.stateText().strip())) {
            return Optional.of(change(session, NotificationType.STATUS_CHANGE));
        }
        if (!seen.session().userData().equals(session.userData())) {
            return Optional.of(change(session, NotificationType.ATTACHED_DATA_CHANGED));
        }
        return Optional.empty();
    }

    private static IMSessionStateChangeMessage change(IMSession session, NotificationType type) {
        return new IMSessionStateChangeMessage(type, type.wireName(), session, Map.of(), "");
    }

    private static IMSession bare(IMSession completed) {
        return new IMSession(completed.id(), completed.state(), completed.stateText(), Map.of(), List.of(), List.of(),
                "", "", Map.of());
    }

    private static IMSession completed(IMSession session) {
        return new IMSession(session.id(), SessionState.COMPLETED, SessionState.COMPLETED.wireName(),
                session.userData(), session.participants(), List.of(), session.path(), session.uri(), session.other());
    }

    /** The subscriber was away: what it knows may be old, and what is told next may not be about it. */
    public void away() {
        reconciled = NEVER;
        sessions.replaceAll((id, seen) -> new Seen(seen.session(), -1));
    }

    /** What was remembered of it before, {@code null} if nothing was. */
    private Seen remember(IMSession session, long epoch) {
        if (sessions == Collections.EMPTY_MAP) {
            sessions = new LinkedHashMap<>(2, 0.75f, true);
        }
        Seen now = new Seen(session.state() == SessionState.COMPLETED ? bare(session) : session, epoch);
        Seen before = sessions.put(session.id(), now);
        completed += (now.completed() ? 1 : 0) - (before != null && before.completed() ? 1 : 0);
        if (completed > COMPLETED_REMEMBERED || sessions.size() > SESSIONS_REMEMBERED) {
            forgetEldest();
        }
        return before;
    }

    private void forgetEldest() {
        Iterator<Seen> eldestFirst = sessions.values().iterator();
        while (completed > COMPLETED_REMEMBERED || sessions.size() > SESSIONS_REMEMBERED) {
            Seen eldest = eldestFirst.next();
            if (eldest.completed() || sessions.size() > SESSIONS_REMEMBERED) {
                eldestFirst.remove();
                completed -= eldest.completed() ? 1 : 0;
            }
        }
    }
}
