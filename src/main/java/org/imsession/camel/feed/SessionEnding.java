package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.event.DeliveryGuarantee;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.position.SessionTakeOver;

/** How a feed that stops parts with its session. Used on the control executor only. */
final class SessionEnding {

    private final FeedSettings settings;
    private final BayeuxSession bayeux;
    private final PositionSaver saver;
    private final SessionTakeOver takeOver;
    private final Audience audience;
    private final Intake intake;
    private final Backlog backlog;

    SessionEnding(FeedSettings settings, BayeuxSession bayeux, PositionSaver saver, SessionTakeOver takeOver,
                  Audience audience, Intake intake, Backlog backlog) {
        this.settings = settings;
        this.bayeux = bayeux;
        this.saver = saver;
        this.takeOver = takeOver;
        this.audience = audience;
        this.intake = intake;
        this.backlog = backlog;
    }

    /**
     * Leaves the session for the next start if it can go on with it, else closes it.
     *
     * @param live whether the feed was live until now
     */
    CompletableFuture<Void> leave(boolean live, Duration patience) {
        boolean kept = saver.keeps() && intake.guarantee() != DeliveryGuarantee.AT_MOST_ONCE;
        Instant mark = audience.gaps().mark();
        int pending = backlog.pending().get();
        if (!kept && mark.isBefore(Instant.MAX) && (pending > 0 || !live)) {
            FeedLog.leftBehind(settings, "the feed", pending, mark);
        }
        if (kept) {
            bayeux.leave();
            // behind the last position, and before the next start reads it, however long the store hangs; but the
            // stop does not wait for that
            return saver.release().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        audience.abandoned();
        if (takeOver.isAhead()) {
            takeOver.sayGoodBye(); // nobody will go on with it
        }
        // what comes until the session is closed is for nobody, and must not move the mark
        return bayeux.close(patience).thenCompose(closed -> saver.settleAndRelease(mark))
                .completeOnTimeout(null, 2 * patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the session, and keeps nothing of it. */
    CompletableFuture<Void> close(Duration patience) {
        audience.gaps().forget();
        audience.abandoned();
        return bayeux.close(patience).thenCompose(closed -> saver.remove()).thenCompose(gone -> saver.release());
    }
}
