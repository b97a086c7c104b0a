package org.imsession.camel.position;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.imsession.camel.bayeux.BayeuxFailure;
import org.imsession.camel.bayeux.BayeuxSession;
import org.imsession.camel.bayeux.SessionPosition;
import org.imsession.camel.threads.FutureFailure;
import org.imsession.camel.threads.StateScope;

/**
 * The session that a feed goes on with: what the last process left, taken over as soon as it is free, for that process
 * may be on its way out, or hang, and two must never go on with one session; or one of its own that it has let go of.
 * Used on the control executor only, but for what says otherwise.
 */
public final class SessionTakeOver {

    private static final Duration CHECK = Duration.ofSeconds(1);

    private final PositionSaver saver;
    private final BayeuxSession bayeux;
    private final StateScope scope;
    private boolean waiting;
    private volatile SessionPosition position;
    private volatile SessionPosition resumed;

    public SessionTakeOver(PositionSaver saver, BayeuxSession bayeux, StateScope scope) {
        this.saver = saver;
        this.bayeux = bayeux;
        this.scope = scope;
    }

    /** Whether another process has it. */
    public boolean waiting() {
        return waiting;
    }

    /**
     * Takes over what the last process left as soon as it is free, unless the state changes before.
     *
     * @param taken gets what was left
     * @param inUse hears each time why it has to wait, and may change the state to do so
     */
    public void take(Consumer<PositionSaver.Found> taken, Consumer<String> inUse) {
        Executor here = scope.here();
        saver.load().whenComplete((found, failure) -> here.execute(() -> {
            waiting = failure != null;
            if (waiting) {
                inUse.accept(FutureFailure.of(failure).getMessage());
                scope.later(CHECK.toMillis(), () -> take(taken, inUse));
            } else {
                saver.takenOver(found);
                if (found.saved() != null) {
                    position = found.saved().resumable().orElse(null);
                }
                taken.accept(found);
            }
        }));
    }

    /**
     * The session is to be left, and taken up anew.
     *
     * @return whether that is possible: the server keeps what has not ended
     */
    public boolean seal() {
        position = bayeux.seal().orElse(null);
        return position != null;
    }

    /** Whether a session is yet to be gone on with, which is known by its cookies. */
    public boolean isAhead() {
        return position != null;
    }

    /** Goes on with the session, or begins a new one. */
    public void open() {
        bayeux.open(position);
        resumed = position;
        position = null;
    }

    /** The session is live: from now on it is this one. */
    public void live() {
        resumed = null;
    }

    /** Whether a session that was lost before it was live is to be gone on with once more, from where it stood. */
    public boolean again(BayeuxFailure lost) {
        if (resumed == null || !lost.sessionMayLive()) {
            return false;
        }
        position = resumed;
        return true;
    }

    /** Says good-bye to a session that is given up; but whoever has taken over what is kept goes on with it. */
    public void sayGoodBye() {
        if (saver.isAlone()) {
            bayeux.sayGoodBye();
        }
    }

    /**
     * What the current session has brought before that moment has ended, and nothing was missing; one that is yet to be
     * gone on with counts from where it stood. Of any thread.
     */
    public Instant liableSince() {
        SessionPosition from = position != null ? position : resumed;
        Instant since = bayeux.ledger().liableSince();
        return from == null ? since : RouteMark.earlier(from.settled(), since);
    }
}
