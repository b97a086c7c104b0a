package org.imsession.camel.live;

import java.util.Set;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.SecurityPolicy;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;

/** A page hears one channel and asks on a few; only the server makes channels and publishes to what pages hear. */
final class PagePolicy implements SecurityPolicy {

    /** What pages hear: changes, by number. */
    static final String CHANGES = "/im/live";
    /** Where a page says what it knows, and is told all or what follows. */
    static final String HELLO = "/service/im/hello";
    /** Where a page asks for one conversation with its lines. */
    static final String LOOK = "/service/im/look";
    /** Where a page searches ended conversations, and asks for one of them. */
    static final String SEARCH = "/service/im/search";
    static final String ENDED = "/service/im/ended";
    static final Set<String> QUESTIONS = Set.of(HELLO, LOOK, SEARCH, ENDED);

    private static boolean isServer(ServerSession session) {
        return session == null || session.isLocalSession();
    }

    @Override
    public boolean canHandshake(BayeuxServer server, ServerSession session, ServerMessage message) {
        return true; // who may ask at all is decided by PageGuard, for each request
    }

    @Override
    public boolean canCreate(BayeuxServer server, ServerSession session, String channel, ServerMessage message) {
        return isServer(session);
    }

    @Override
    public boolean canSubscribe(BayeuxServer server, ServerSession session, ServerChannel channel,
                                ServerMessage message) {
        return isServer(session) || channel.getId().equals(CHANGES);
    }

    @Override
    public boolean canPublish(BayeuxServer server, ServerSession session, ServerChannel channel,
                              ServerMessage message) {
        return isServer(session) || session.isHandshook() && QUESTIONS.contains(channel.getId())
                && message.getData() instanceof java.util.Map<?, ?>;
    }
}
