package org.imsession.camel.feed;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.position.RouteMark;
import org.imsession.camel.threads.Timers;

/**
 * The further channel that a feed carries, and since when the feed has been mute by what that channel says. What has no
 * other word is done on the control executor of the feed.
 */
final class CarriedChannel implements FurtherChannel.Carrier {

    private final FeedRuntime runtime;
    private final GwsSession gws;
    private final Executor control;
    private final BayeuxSession bayeux;
    private final GapTracker gaps;
    private final BooleanSupplier subscribed;
    private final Runnable served;
    private volatile FurtherChannel channel = FurtherChannel.NONE;
    private volatile boolean tellsMute;
    private Instant unheardSince = Instant.MAX;
    private Instant mutedSince;
    private String mutedWhy;

    /**
     * @param subscribed whether the feed has a subscription, which may be mute
     * @param served     called when the server has what to send again, and a gap is open for the time before
     */
    CarriedChannel(FeedRuntime runtime, GwsSession gws, Executor control, BayeuxSession bayeux, GapTracker gaps,
                   BooleanSupplier subscribed, Runnable served) {
        this.runtime = runtime;
        this.gws = gws;
        this.control = control;
        this.bayeux = bayeux;
        this.gaps = gaps;
        this.subscribed = subscribed;
        this.served = served;
    }

    /** See {@link AgentFeed#carry}. */
    void carry(FurtherChannel further, boolean tellsGaps) {
        channel = further;
        tellsMute = tellsGaps;
    }

    /** The feed has a new session that is live, since that moment. */
    void live(Instant since) {
        unheardSince = since; // what is told first of the channel may have been so all the time
        channel.live(this);
    }

    /** The subscription is over: what is lost with it is told together. */
    void gone() {
        close();
        channel.gone(this);
    }

    /** Opens a gap for the time for which the feed was mute, if it is. */
    boolean close() {
        if (mutedSince == null) {
            return false;
        }
        gaps.unserved(mutedSince, mutedWhy);
        mutedSince = null;
        return true;
    }

    /** Of any thread. */
    void heldBack() {
        channel.heldBack(this);
    }

    @Override
    public void subscribe(Consumer<Optional<BayeuxFailure>> done) {
        bayeux.subscribe(channel.name(), done);
    }

    @Override
    public GwsSession gws() {
        return gws;
    }

    @Override
    public long holding() {
        return bayeux.holding();
    }

    @Override
    public void later(long millis, Runnable task) {
        Timers.after(runtime.scheduler(), millis, task);
    }

    @Override
    public void muted(String why) {
        if (tellsMute) {
            control.execute(() -> {
                if (mutedSince == null && subscribed.getAsBoolean()) {
                    mutedSince = RouteMark.earlier(unheardSince, runtime.clock().instant());
                    mutedWhy = why;
                }
                unheardSince = Instant.MAX;
            });
        }
    }

    @Override
    public void unmuted() {
        if (tellsMute) {
            control.execute(() -> {
                unheardSince = Instant.MAX;
                if (close()) {
                    served.run();
                }
            });
        }
    }
}
