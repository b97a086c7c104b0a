package org.imsession.simulator.bayeux;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cometd.bayeux.ChannelId;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerSession;

/** Which Bayeux sessions belong to which agent, oldest first. */
final class AgentSessions {

    private static final String OWNER = "org.imsession.simulator.agent";

    private final Map<String, List<ServerSession>> byAgent = new ConcurrentHashMap<>();

    static void own(ServerSession session, String agent) {
        session.setAttribute(OWNER, agent);
    }

    static String ownerOf(ServerSession session) {
        return String.valueOf(session.getAttribute(OWNER));
    }

    void add(ServerSession session) {
        byAgent.computeIfAbsent(ownerOf(session), name -> new CopyOnWriteArrayList<>()).add(session);
    }

    void remove(ServerSession session) {
        byAgent.computeIfPresent(ownerOf(session), (name, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    List<ServerSession> of(String agent) {
        return byAgent.getOrDefault(agent, List.of());
    }

    List<ServerSession> subscribed(String agent, String channel) {
        return of(agent).stream().filter(session -> listensTo(session, channel)).toList();
    }

    /** Whether the session has subscribed to the channel itself or to a glob that holds it. */
    private static boolean listensTo(ServerSession session, String channel) {
        List<String> names = new ChannelId(channel).getAllIds();
        return session.getSubscriptions().stream().map(ServerChannel::getId).anyMatch(names::contains);
    }
}
