package org.imsession.camel.feed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.imsession.camel.channel.FurtherChannel;
import org.imsession.camel.event.NotificationObserver;
import org.imsession.camel.gws.GwsHttpClient;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.model.IMSessionNotification;
import org.imsession.camel.position.PositionStore;
import org.imsession.camel.status.FeedState;
import org.imsession.camel.status.FeedStatus;

/**
 * One agent's feed: logs in, subscribes, keeps it so, and hands what comes to its subscribers. The states are those of
 * {@link FeedState}; see the package for the threads. Nothing here waits for the network. Safe for use by several
 * threads.
 */
public final class AgentFeed {

    private static final CompletableFuture<Void> STOPPED = CompletableFuture.completedFuture(null);

    private final FeedSettings settings;
    private final GwsSession gws;
    private final FeedRuntime runtime;
    private final FeedParts parts;
    private final FeedMachine machine;
    private final Executor control;
    private final CurrentState current;
    // used on the control executor only
    private CompletableFuture<Void> stopping = STOPPED;

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
    public AgentFeed(FeedSettings settings, FeedRuntime runtime, GwsHttpClient http, GwsSession gws,
                     Function<byte[], IMSessionNotification> json, NotificationObserver observer, PositionStore store) {
        this.settings = settings;
        this.gws = gws;
        this.runtime = runtime;
        this.parts = FeedParts.of(settings, runtime, http, gws, json, observer, store);
        this.machine = new FeedMachine(parts);
        this.control = parts.control();
        this.current = parts.current();
        parts.wire().tell(machine, parts);
    }

    /**
     * Carries a further channel, if that wants it; to be called before the feed is started.
     *
     * @param gaps whether the time for which that channel takes the feed for mute is told as a gap
     */
    public void carry(FurtherChannel channel, boolean gaps) {
        parts.carried().carry(channel, gaps);
        parts.intake().carry(channel);
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
        Delivery delivery = new Delivery(settings, subscriber, runtime, parts.audience());
        control.execute(() -> join(delivery));
        return delivery;
    }

    private void join(Delivery delivery) {
        boolean all = parts.audience().expect(delivery);
        boolean left = all && current.isSubscribed();
        if (left) {
            parts.intake().forget(); // it will come anew, and what comes meanwhile must not overtake it
        } else if (all) {
            parts.backlog().forget(); // nobody ends what was left, and it would hold its room for ever
        }
        parts.intake().join(delivery);
        parts.saver().again();
        if (left) {
            takeUp("a route has started again");
        } else if (current.isSubscribed()) {
            parts.intake().tellWhoWasAway();
            parts.resync().begin();
        }
    }

    /**
     * All subscribers had left, and one comes. What they did not end the server still has, but it sends it again only
     * to a session that is taken up anew; one that keeps nothing has a new session made.
     */
    private void takeUp(String why) {
        boolean kept = parts.takeOver().seal();
        if (!kept) {
            parts.audience().gaps().notKept(why + ", and the server keeps nothing");
        }
        machine.become(FeedState.BACKING_OFF, why);
        parts.bayeux().leave();
        if (!kept) {
            parts.takeOver().sayGoodBye();
        }
        parts.scope().later(0, () -> machine.login(why));
    }

    /**
     * Starts; does nothing if it is started.
     *
     * @return completes when the feed is live for the first time, or fails with what the first attempt failed with;
     *         the feed goes on trying all the same
     */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> live = new CompletableFuture<>();
        control.execute(() -> {
            if (current.is(FeedState.LIVE)) {
                live.complete(null);
                return;
            }
            parts.starts().add(live);
            if (current.is(FeedState.STOPPED)) {
                machine.begin();
            }
        });
        return live;
    }

    /**
     * Stops. Without a position store the Bayeux server is told, which takes at most that long; with one, the session
     * is left as it is, so that the next start goes on with it. The agent stays logged in at GWS either way.
     *
     * @return completed when nothing more will come
     */
    public CompletableFuture<Void> stop(Duration patience) {
        return stop(false, patience);
    }

    /**
     * Stops for good: the Bayeux server is told in any case, and nothing is kept for a next start.
     *
     * @return completed when nothing more will come
     */
    public CompletableFuture<Void> end(Duration patience) {
        return stop(true, patience);
    }

    private CompletableFuture<Void> stop(boolean forGood, Duration patience) {
        String why = forGood ? "no longer in the team" : "stopped by the route";
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        control.execute(() -> {
            parts.starts().failed(new FeedException(settings.server() + ": stopped before the feed was live"));
            if (!current.is(FeedState.STOPPED) && !current.is(FeedState.STOPPING)) {
                boolean live = current.is(FeedState.LIVE);
                machine.become(FeedState.STOPPING, why);
                stopping = (forGood ? SessionEnding.close(parts, patience) : SessionEnding.leave(parts, live, patience))
                        .thenRunAsync(() -> stopped(why), control);
            }
            stopping.thenRun(() -> control.execute(() -> stopped.complete(null)));
        });
        return stopped;
    }

    /** Nothing more will come. */
    private void stopped(String why) {
        machine.become(FeedState.STOPPED, why);
        parts.audience().gaps().stopped();
        parts.failures().forgive();
        parts.failures().accepted();
        parts.intake().forget();
        if (!parts.starts().isEmpty()) {
            machine.begin(); // somebody has come meanwhile
        }
    }

    /** Tries again at once what is being waited for: for an operator who has mended something. */
    public void retryNow() {
        ifWaiting(() -> {
            parts.logins().forget(parts.takeOver().isAhead());
            gws.sendAgain();
            machine.login("an operator said so");
        });
        control.execute(() -> {
            if (current.is(FeedState.RECONNECTING)) {
                gws.sendAgain();
                parts.pause().end();
            }
        });
    }

    /** The source of the credentials has others: whoever waits for want of good ones tries them at once. */
    public void credentialsChanged() {
        ifWaiting(() -> machine.login("there are other credentials"));
    }

    private void ifWaiting(Runnable attempt) {
        control.execute(() -> {
            if (current.is(FeedState.PARKED) || current.is(FeedState.BACKING_OFF) && !parts.takeOver().waiting()) {
                parts.failures().accepted();
                attempt.run();
            }
        });
    }

    /**
     * Looks into the position store, so that one that cannot be used is told to whoever starts. Waits for the store,
     * 10 s at most.
     *
     * @throws RuntimeException what the store failed with
     */
    public void checkStore() {
        parts.saver().check();
    }

    /**
     * Lets a connect leave that is held back while a route is at work: for somebody who waits for what the server has
     * to say now. Does nothing where none is held.
     */
    public void connectNow() {
        parts.bayeux().connectNow();
    }

    /** How the feed is doing. */
    public FeedStatus status() {
        return FeedReport.of(parts);
    }
}
