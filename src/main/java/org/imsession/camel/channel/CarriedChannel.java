package org.imsession.camel.channel;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.threads.Timers;

/**
 * The further channel that a feed carries, and since when the feed has been mute by what that channel says. What has no
 * other word is done on the control executor of the feed.
 */
public final class CarriedChannel implements FurtherChannel.Carrier {

    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private final GwsSession gws;
    private final Executor control;
    private final BayeuxSession bayeux;
    private final Service service;
    private volatile FurtherChannel channel = FurtherChannel.NONE;
    private volatile boolean tellsMute;
    private Instant unheardSince = Instant.MAX;
    private Instant mutedSince;
    private String mutedWhy;

    /** What a feed gets of the server. */
    public interface Service {

        /** Whether there is a subscription, which may be mute. */
        boolean isSubscribed();

        /** The server had nothing to send from that moment on, for that reason. */
        void unserved(Instant from, String why);

        /** The server has what to send again, and was said to have had nothing before. */
        void servedAgain();
    }

    /**
     * @param control the control executor of the feed
     * @param gws     the login of the feed
     * @param bayeux  its sessions, in which the channel is subscribed to
     */
    public CarriedChannel(ScheduledExecutorService scheduler, InstantSource clock, Executor control, GwsSession gws,
                          BayeuxSession bayeux, Service service) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.control = control;
        this.gws = gws;
        this.bayeux = bayeux;
        this.service = service;
    }

    /**
     * To be called before the feed is started.
     *
     * @param tellsGaps whether the time for which the channel takes the feed for mute is told as a gap
     */
    public void carry(FurtherChannel further, boolean tellsGaps) {
        channel = further;
        tellsMute = tellsGaps;
    }

    /** The feed has a new session that is live, since that moment. */
    public void live(Instant since) {
        unheardSince = since; // what is told first of the channel may have been so all the time
        channel.live(this);
    }

    /** The subscription is over: what is lost with it is told together. */
    public void gone() {
        close();
        channel.gone(this);
    }

    /** The time for which the feed was mute, if it is, is over. */
    public boolean close() {
        if (mutedSince == null) {
            return false;
        }
        service.unserved(mutedSince, mutedWhy);
        mutedSince = null;
        return true;
    }

    /** Of any thread. */
    public void heldBack() {
        channel.heldBack(this);
    }

    @Override
    public boolean subscribe(Consumer<Optional<BayeuxFailure>> done) {
        return bayeux.subscribe(channel.name(), done);
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
        Timers.after(scheduler, millis, task);
    }

    @Override
    public void muted(String why) {
        if (tellsMute) {
            control.execute(() -> {
                if (mutedSince == null && service.isSubscribed()) {
                    Instant now = clock.instant();
                    mutedSince = unheardSince.isBefore(now) ? unheardSince : now;
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
                    service.servedAgain();
                }
            });
        }
    }
}
