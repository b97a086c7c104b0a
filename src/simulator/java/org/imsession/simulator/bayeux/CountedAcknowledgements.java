package org.imsession.simulator.bayeux;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.ServerSessionImpl;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.cometd.server.ext.AcknowledgedMessagesSessionExtension;

/** CometD's acknowledge extension, and a view on what clients have acknowledged. */
final class CountedAcknowledgements extends AcknowledgedMessagesExtension {

    private final Map<ServerSession, AcknowledgedMessagesSessionExtension> bySession = new ConcurrentHashMap<>();
    private final Map<ServerSession, Long> lastBatch = new ConcurrentHashMap<>();

    CountedAcknowledgements() {
        addListener(new Listener() {
            @Override
            public void onBatchReceive(ServerSession session, long batch) {
                lastBatch.put(session, batch);
            }
        });
    }

    @Override
    protected AcknowledgedMessagesSessionExtension newSessionExtension(ServerSession session) {
        AcknowledgedMessagesSessionExtension extension = super.newSessionExtension(session);
        bySession.put(session, extension);
        return extension;
    }

    /** The messages the server keeps for a session: without the extension those that it has not written yet. */
    int heldFor(ServerSession session) {
        AcknowledgedMessagesSessionExtension extension = bySession.get(session);
        ServerSessionImpl server = (ServerSessionImpl) session;
        server.getLock().lock();
        try {
            return extension == null ? server.getQueue().size() : extension.getBatchArrayQueue().size();
        } finally {
            server.getLock().unlock();
        }
    }

    /** The number of the batch acknowledged last, 0 before the first. */
    long lastBatchOf(ServerSession session) {
        return lastBatch.getOrDefault(session, 0L);
    }

    void forget(ServerSession session) {
        bySession.remove(session);
        lastBatch.remove(session);
    }
}
