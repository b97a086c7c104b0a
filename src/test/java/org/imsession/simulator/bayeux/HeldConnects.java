package org.imsession.simulator.bayeux;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/** The sessions whose {@code /meta/connect} is held now. */
final class HeldConnects implements ServerSession.HeartBeatListener {

    private final Set<ServerSession> held = ConcurrentHashMap.newKeySet();
    private final Changes changes;

    HeldConnects(Changes changes) {
        this.changes = changes;
    }

    @Override
    public void onSuspended(ServerSession session, ServerMessage message, long timeout) {
        held.add(session);
        changes.signal();
    }

    @Override
    public void onResumed(ServerSession session, ServerMessage message, boolean timeout) {
        held.remove(session);
        changes.signal();
    }

    boolean holds(ServerSession session) {
        return held.contains(session);
    }

    void forget(ServerSession session) {
        held.remove(session);
    }
}
