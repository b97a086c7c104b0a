package org.imsession.simulator.bayeux;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/** Agents whose connects are answered as soon as they come, with as much as a source gives. */
final class Floods implements ServerSession.HeartBeatListener {

    /** Queues events for a session so that they leave in one answer. */
    interface Outlet {
        void deliver(ServerSession session, String channel, List<String> data);
    }

    private record Flood(String channel, Supplier<List<String>> source) {
    }

    private final Map<String, Flood> byAgent = new ConcurrentHashMap<>();
    private final Outlet outlet;

    Floods(Outlet outlet) {
        this.outlet = outlet;
    }

    void begin(String agent, String channel, Supplier<List<String>> source) {
        byAgent.put(agent, new Flood(channel, source));
    }

    /** CometD tells of a connect just before it is held, and answers it instead if there is something in the queue. */
    @Override
    public void onSuspended(ServerSession session, ServerMessage message, long timeout) {
        String agent = AgentSessions.ownerOf(session);
        Flood flood = byAgent.get(agent);
        if (flood == null) {
            return;
        }
        List<String> next = flood.source().get();
        if (next.isEmpty()) {
            byAgent.remove(agent, flood);
        } else {
            outlet.deliver(session, flood.channel(), next);
        }
    }
}
