package org.imsession.camel.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.event.DeliveryGuarantee;

/** How a feed that stops parts with its session. Used on the control executor only. */
final class SessionEnding {

    private SessionEnding() {
    }

    /**
     * Leaves the session for the next start if it can go on with it, else closes it.
     *
     * @param live whether the feed was live until now
     */
    static CompletableFuture<Void> leave(FeedParts parts, boolean live, Duration patience) {
        boolean kept = parts.saver().keeps() && parts.intake().guarantee() != DeliveryGuarantee.AT_MOST_ONCE;
        Instant mark = parts.audience().gaps().mark();
        int pending = parts.backlog().pending().get();
        if (!kept && mark.isBefore(Instant.MAX) && (pending > 0 || !live)) {
            FeedLog.leftBehind(parts.settings(), "the feed", pending, mark);
        }
        if (kept) {
            parts.bayeux().leave();
            // behind the last position, and before the next start reads it, however long the store hangs; but the
            // stop does not wait for that
            return parts.saver().release().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        parts.audience().abandoned();
        if (parts.takeOver().isAhead()) {
            parts.takeOver().sayGoodBye(); // nobody will go on with it
        }
        // what comes until the session is closed is for nobody, and must not move the mark
        return parts.bayeux().close(patience).thenCompose(closed -> parts.saver().settleAndRelease(mark))
                .completeOnTimeout(null, 2 * patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the session, and keeps nothing of it. */
    static CompletableFuture<Void> close(FeedParts parts, Duration patience) {
        parts.audience().gaps().forget();
        parts.audience().abandoned();
        return parts.bayeux().close(patience).thenCompose(closed -> parts.saver().remove())
                .thenCompose(gone -> parts.saver().release());
    }
}
