package org.imsession.camel.feed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.position.PositionStore;

/**
 * One agent's feed: logs in, subscribes, keeps it so, and hands what comes to its subscribers. The states are those of
 * {@link FeedState}; see the package for the threads. Nothing here waits for the network. Safe for use by several
 * threads.
 */
public final class AgentFeed {

    private final FeedSettings settings;
    private final GwsSession gws;
    private final FeedMachine machine;

    /**
     * Nothing is sent yet.
     *
     * @param settings how to behave
     * @param runtime  what to run on
     * @param http     the shared HTTP client
     * @param gws      the login of the agent
     * @param json     decodes the {@code data} of an event; must not throw
     * @param observer hears everything first
     * @param store    keeps the position for the next process, {@link PositionStore#NONE} for nowhere
     */
    public AgentFeed(FeedSettings settings, FeedRuntime runtime, HttpClient http, GwsSession gws,
                     Function<byte[], IMSessionNotification> json, NotificationObserver observer, PositionStore store) {
        this.settings = settings;
        this.gws = gws;
        this.machine = new FeedMachine(settings, runtime, http, gws, json, observer, store);
    }

    /**
     * Carries a further channel, if that wants it; to be called before the feed is started.
     *
     * @param gaps whether the time for which that channel takes the feed for mute is told as a gap
     */
    public void carry(FurtherChannel channel, boolean gaps) {
        machine.carry(channel, gaps);
    }

    /** The login name of the agent. */
    public String agent() {
        return settings.agent();
    }

    /** The login, for operations beside the feed. */
    public GwsSession gws() {
        return gws;
    }

    /**
     * Adds a subscriber, which gets the events that come from now on, and the sessions that exist.
     *
     * @return its delivery, to suspend and to end
     */
    public Delivery subscribe(FeedSubscriber subscriber) {
        return machine.subscribe(subscriber);
    }

    /**
     * Starts; does nothing if it is started.
     *
     * @return completes when the feed is live for the first time, or fails with what the first attempt failed with;
     *         the feed goes on trying all the same
     */
    public CompletableFuture<Void> start() {
        return machine.start();
    }

    /**
     * Stops. Without a position store the Bayeux server is told, which takes at most that long; with one, the session
     * is left as it is, so that the next start goes on with it. The agent stays logged in at GWS either way.
     *
     * @return completed when nothing more will come
     */
    public CompletableFuture<Void> stop(Duration patience) {
        return machine.stop(() -> machine.leave(patience), "stopped by the route");
    }

    /**
     * Stops for good: the Bayeux server is told in any case, and nothing is kept for a next start.
     *
     * @return completed when nothing more will come
     */
    public CompletableFuture<Void> end(Duration patience) {
        return machine.stop(() -> machine.close(patience), "no longer in the team");
    }

    /** Tries again at once what is being waited for: for an operator who has mended something. */
    public void retryNow() {
        machine.retryNow();
    }

    /** The source of the credentials has others: whoever waits for want of good ones tries them at once. */
    public void credentialsChanged() {
        machine.credentialsChanged();
    }

    /**
     * Looks into the position store, so that one that cannot be used is told to whoever starts. Waits for the store,
     * 10 s at most.
     *
     * @throws RuntimeException what the store failed with
     */
    public void checkStore() {
        machine.checkStore();
    }

    /**
     * Lets a connect leave that is held back while a route is at work: for somebody who waits for what the server has
     * to say now. Does nothing where none is held.
     */
    public void connectNow() {
        machine.connectNow();
    }

    /** How the feed is doing. */
    public FeedStatus status() {
        return machine.status();
    }
}
