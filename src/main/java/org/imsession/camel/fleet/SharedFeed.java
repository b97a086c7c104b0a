package org.imsession.camel.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.imsession.camel.feed.AgentFeed;

/**
 * A feed that runs as long as somebody uses it. It is kept when nobody does, because each client of CometD leaves a
 * logger behind. Safe for use by several threads.
 */
public final class SharedFeed {

    private final AgentSettings connection;
    private final SharedLogin login;
    private final AgentFeed feed;
    private int users;
    private boolean unused;

    SharedFeed(AgentSettings connection, SharedLogin login, AgentFeed feed) {
        this.connection = connection;
        this.login = login;
        this.feed = feed;
    }

    AgentSettings connection() {
        return connection;
    }

    SharedLogin login() {
        return login;
    }

    /** The feed itself. */
    public AgentFeed feed() {
        return feed;
    }

    synchronized boolean inUse() {
        return users > 0;
    }

    /** Starts the feed for its first user; see {@link AgentFeed#start()}. Each call is to be paired with a leave. */
    public synchronized CompletableFuture<Void> join() {
        users++;
        unused = false;
        login.join();
        return feed.start();
    }

    /** Stops the feed after its last user; see {@link AgentFeed#stop(Duration)}. */
    public synchronized CompletableFuture<Void> leave(Duration patience) {
        users--;
        login.release();
        return left(users == 0 ? feed.stop(patience) : CompletableFuture.completedFuture(null));
    }

    /**
     * As {@link #leave}, for an agent who is not to be followed any more: the server is told even if the session is
     * kept for the next process, and what was kept is removed.
     */
    public synchronized CompletableFuture<Void> remove(Duration patience) {
        users--;
        login.release();
        unused = users == 0;
        return left(unused ? feed.end(patience) : CompletableFuture.completedFuture(null));
    }

    /** Others may come when the feed has stopped, for it is a feed of their own that they start. */
    private CompletableFuture<Void> left(CompletableFuture<Void> stopped) {
        stopped.whenComplete((nothing, failure) -> login.changed());
        return stopped;
    }

    /** Whether its agent is not to be followed any more. */
    synchronized boolean isUnused() {
        return unused;
    }
}
