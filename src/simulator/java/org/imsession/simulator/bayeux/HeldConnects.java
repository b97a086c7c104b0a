package org.imsession.simulator.bayeux;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.ServerSessionImpl;

/**
 * The sessions whose {@code /meta/connect} is held now. CometD tells of one a moment before it is held, so the cycle of
 * the session, which changes then, is looked at, too.
 */
final class HeldConnects implements ServerSession.HeartBeatListener {

    private final Map<ServerSession, Long> cyclesBefore = new ConcurrentHashMap<>();
    private final Changes changes;

    HeldConnects(Changes changes) {
        this.changes = changes;
    }

    @Override
    public void onSuspended(ServerSession session, ServerMessage message, long timeout) {
        cyclesBefore.put(session, cycle(session));
        changes.signal();
    }

    @Override
    public void onResumed(ServerSession session, ServerMessage message, boolean timeout) {
        cyclesBefore.remove(session);
        changes.signal();
    }

    boolean holds(ServerSession session) {
        Long before = cyclesBefore.get(session);
        return before != null && before != cycle(session);
    }

    void forget(ServerSession session) {
        cyclesBefore.remove(session);
    }

    private static long cycle(ServerSession session) {
        return ((ServerSessionImpl) session).getMetaConnectCycle();
    }
}
