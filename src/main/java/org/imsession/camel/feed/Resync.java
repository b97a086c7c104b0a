package org.imsession.camel.feed;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.imsession.camel.gws.GwsSession;
import org.imsession.camel.threads.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sessions as the server lists them, after each new subscription and until it succeeds, and gives them to the
 * intake. The live feed does not wait for it. All is done on the control executor of the feed.
 */
final class Resync {

    private static final Logger LOG = LoggerFactory.getLogger(Resync.class);

    private final FeedSettings settings;
    private final FeedRuntime runtime;
    private final GwsSession gws;
    private final Intake intake;
    private final Executor control;
    private final BooleanSupplier subscribed;
    private final ServerWarnings warnings;
    private volatile boolean unrepaired;
    private int attempts;

    /**
     * @param control    the executor on which everything is done
     * @param subscribed whether there is a subscription that a snapshot can belong to
     */
    Resync(FeedSettings settings, FeedRuntime runtime, GwsSession gws, Intake intake, Executor control,
           BooleanSupplier subscribed, ServerWarnings warnings) {
        this.settings = settings;
        this.runtime = runtime;
        this.gws = gws;
        this.intake = intake;
        this.control = control;
        this.subscribed = subscribed;
        this.warnings = warnings;
    }

    /** Whether the sessions could not be read yet since the last subscription. */
    boolean unrepaired() {
        return unrepaired;
    }

    /** A subscription is about to be told, whose sessions have not been read. */
    void ahead() {
        unrepaired = true;
    }

    void begin() {
        unrepaired = true;
        long epoch = intake.epoch();
        gws.sessions().whenComplete((sessions, failure) -> control.execute(() -> {
            if (epoch != intake.epoch() || !subscribed.getAsBoolean()) {
                return;
            }
            if (failure == null) {
                unrepaired = false;
                attempts = 0;
                intake.snapshot(sessions, epoch);
            } else {
                warnings.cutting(gws.cutting());
                FeedLog.snapshotFailed(settings, gws.explain(failure), ++attempts);
                retry(epoch);
            }
        }));
    }

    private void retry(long epoch) {
        long millis = settings.backoff().millis(attempts, runtime.random());
        Timers.after(runtime.scheduler(), millis, () -> control.execute(() -> {
            if (unrepaired && epoch == intake.epoch() && subscribed.getAsBoolean()) {
                begin();
            }
        }));
    }
}
