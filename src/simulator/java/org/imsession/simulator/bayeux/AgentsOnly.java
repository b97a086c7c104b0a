package org.imsession.simulator.bayeux;

import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.DefaultSecurityPolicy;

/** Only agents shake hands: a handshake without one is denied by Bayeux, as CometD's own security policy would do. */
final class AgentsOnly extends DefaultSecurityPolicy {

    @Override
    public void canHandshake(BayeuxServer server, ServerSession session, ServerMessage message,
                             Promise<Boolean> promise) {
        Object agent = message.getBayeuxContext().getRequestAttribute(BayeuxNode.AGENT_ATTRIBUTE);
        if (agent instanceof String name) {
            AgentSessions.own(session, name);
        }
        promise.succeed(agent != null);
    }
}
