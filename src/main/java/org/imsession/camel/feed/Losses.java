package org.imsession.camel.feed;

import java.time.Instant;
import java.util.function.Supplier;
import org.imsession.camel.bayeux.AckLedger;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.model.FeedGap;

/**
 * What a feed may have lost: until when it is known to be whole, and the gap that is open since. A gap that is open
 * when the feed stops stays so, and is told after the next start. Used on the control executor of the feed only.
 */
final class Losses {

    private final GapWindow gap;
    private final FeedThreads threads;
    private final Intake intake;
    private final UntoldGaps untold;
    private final Supplier<AckLedger> ledger;
    private boolean wasLive;
    private Instant whole;

    /**
     * @param intake tells gaps to the subscribers
     * @param untold remembers those that have not been told
     * @param ledger the ledger of the current session
     */
    Losses(String agent, FeedThreads threads, Intake intake, UntoldGaps untold, Supplier<AckLedger> ledger) {
        this.gap = new GapWindow(agent);
        this.threads = threads;
        this.intake = intake;
        this.untold = untold;
        this.ledger = ledger;
    }

    /** The feed starts with what the last process, or the last start, has left. */
    void begin(SessionKeeper.Found found) {
        SavedSession saved = found.saved();
        if (saved != null) {
            wasLive = true;
            whole = saved.position().settled();
        } else if (!found.problem().isEmpty()) {
            inherit(whole == null ? Instant.EPOCH : UntoldGaps.earlier(whole, ledger.get().settled()),
                    found.problem());
        }
        if (saved != null && saved.resumable().isEmpty()) {
            inherit(whole, "the last process had a session that cannot be resumed");
        }
        tellWhatNobodyHeard(saved == null ? Instant.MAX : saved.untold());
    }

    /** Gaps of which no subscriber was told, here or in the last process, become one that is. */
    void tellWhatNobodyHeard(Instant kept) {
        Instant since = UntoldGaps.earlier(untold.earliest(), kept);
        if (since.isBefore(Instant.MAX)) {
            untold.forget();
            inherit(since, "there was nobody who could be told of it before");
        }
    }

    /** A gap that an earlier process, or an earlier start, has left. */
    void inherit(Instant from, String detail) {
        gap.open(from, FeedGap.Reason.SESSION_LOST, FeedGap.Certainty.POSSIBLE, detail);
        untold.add(gap, from);
    }

    /** The feed is live. */
    void live() {
        learn();
        wasLive = true;
    }

    /** Not the moment in which an answer came: what the server got while it was on its way is not in it. */
    void learn() {
        whole = ledger.get().whole(); // even if it is earlier: the clock may have been set back
    }

    /** What was received after that moment is forgotten; if it does not come again, it is lost. */
    void goBackTo(Instant settled) {
        whole = settled;
    }

    /** An answer of a server that keeps nothing may be lost. */
    void answerLost(String detail) {
        learn();
        gap.open(whole, FeedGap.Reason.ANSWER_LOST, FeedGap.Certainty.POSSIBLE, detail);
        untold.add(gap, whole);
    }

    /** A session is lost; no loss if none has been live before. */
    void sessionLost(BayeuxFailure failure) {
        if (wasLive) {
            learn();
            gap.open(whole, reason(failure), FeedGap.Certainty.POSSIBLE, failure.detail());
            // what has been received goes with this process, should it die before it has told of the gap
            untold.add(gap, UntoldGaps.earlier(whole, ledger.get().settled()));
        }
    }

    private static FeedGap.Reason reason(BayeuxFailure failure) {
        return switch (failure.kind()) {
            case SESSION_ENDED -> FeedGap.Reason.SESSION_ENDED;
            case MISCOUNTED -> FeedGap.Reason.ACK_MISCOUNTED;
            case UNREADABLE -> FeedGap.Reason.UNREADABLE_SKIPPED;
            default -> FeedGap.Reason.SESSION_LOST;
        };
    }

    boolean isOpen() {
        return gap.isOpen();
    }

    /** The feed is whole again: tells the gap, if one is open. */
    void close() {
        gap.close(threads.clock().instant()).ifPresent(closed -> {
            untold.replace(gap, closed);
            intake.gap(closed);
        });
    }

    /** Nobody wants the session any more, and so nobody wants to know what it lost. */
    void forget() {
        gap.close(threads.clock().instant());
    }

    /** The feed has stopped: what is sent from now on is nobody's loss. */
    void stopped() {
        wasLive = false;
    }
}
