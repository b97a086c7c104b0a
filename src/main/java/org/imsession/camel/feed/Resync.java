package org.imsession.camel.feed;

import java.time.Instant;
import java.util.concurrent.Executor;
import org.imsession.camel.channel.CarriedChannel;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes before the events of a new subscription, or of a server that has what to send again: the gap before it,
 * and the sessions as the server lists them, which are read until that succeeds. The live feed does not wait for them.
 * All is done on the control executor of the feed, but for what says otherwise.
 */
final class Resync implements CarriedChannel.Service {

    private static final Logger LOG = LoggerFactory.getLogger(Resync.class);

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final GwsSession gws;
    private final Intake intake;
    private final Executor control;
    private final CurrentState current;
    private final Audience audience;
    private final ServerWarnings warnings;
    private volatile boolean unrepaired;
    private int attempts;
    private volatile String failure = "";

    Resync(FeedSettings settings, FeedRuntime runtime, Executor control, CurrentState current, GwsSession gws,
           Intake intake, Audience audience, ServerWarnings warnings) {
        this.settings = settings;
        this.runtime = runtime;
        this.gws = gws;
        this.intake = intake;
        this.control = control;
        this.current = current;
        this.audience = audience;
        this.warnings = warnings;
    }

    /** Whether the sessions could not be read yet since the last subscription. Of any thread. */
    boolean unrepaired() {
        return unrepaired;
    }

    /** Why they could not, as was said last; empty if they could, or it is not known yet. Of any thread. */
    String failure() {
        return failure;
    }

    /** A subscription is about to be told, whose sessions have not been read. */
    void ahead() {
        unrepaired = true;
    }

    /** There is a new subscription, or one that is as good as new. */
    void newSubscription() {
        intake.nextSubscription(audience.gapBeforeSubscription());
        begin();
    }

    /** Reads the sessions. */
    void begin() {
        unrepaired = true;
        long epoch = intake.epoch();
        gws.sessions().whenComplete((sessions, failure) -> control.execute(() -> {
            if (epoch != intake.epoch() || !current.isSubscribed()) {
                return;
            }
            if (failure == null) {
                unrepaired = false;
                attempts = 0;
                this.failure = "";
                intake.snapshot(sessions, epoch);
            } else {
                warnings.cutting(gws.cutting());
                this.failure = FeedLog.snapshotFailed(settings, gws.explain(failure), ++attempts);
                retry(epoch);
            }
        }));
    }

    private void retry(long epoch) {
        long millis = settings.backoff().millis(attempts, runtime.random());
        Timers.after(runtime.scheduler(), millis, () -> control.execute(() -> {
            if (unrepaired && epoch == intake.epoch() && current.isSubscribed()) {
                begin();
            }
        }));
    }

    @Override
    public boolean isSubscribed() {
        return current.isSubscribed();
    }

    @Override
    public void unserved(Instant from, String why) {
        audience.gaps().unserved(from, why);
    }

    @Override
    public void servedAgain() {
        newSubscription();
    }
}
