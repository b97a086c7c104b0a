package org.imsession.camel.live;

import java.util.Queue;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops a page that does not read, for nothing else bounds what waits for it: CometD's own limit asks a listener what
 * to do. The page connects again by itself, and begins with all that is shown then.
 */
final class SlowPages implements BayeuxServer.SessionListener, ServerSession.QueueMaxedListener {

    static final int MOST_WAITING = 500;
    private static final Logger LOG = LoggerFactory.getLogger(SlowPages.class);

    private final BayeuxServer server;

    SlowPages(BayeuxServer server) {
        this.server = server;
    }

    @Override
    public void sessionAdded(ServerSession session, ServerMessage message) {
        session.addListener(this);
    }

    @Override
    public boolean queueMaxed(ServerSession session, Queue<ServerMessage> queue, ServerSession sender,
                              ServerMessage message) {
        LOG.debug("A page that does not read is dropped; {} messages waited for it", queue.size());
        queue.clear();
        server.removeSession(session);
        return false;
    }
}
