package org.imsession.camel.feed;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.imsession.camel.position.PositionSaver;
import org.imsession.camel.threads.FutureFailure;
import org.imsession.camel.threads.StateScope;

/**
 * Takes over what the last process left, and waits while that one still has it: it may be on its way out, or hang, and
 * two must never go on with one session. On the control executor.
 */
final class SessionTakeOver {

    private static final Duration CHECK = Duration.ofSeconds(1);

    private final PositionSaver saver;
    private final StateScope scope;
    private boolean waiting;

    SessionTakeOver(PositionSaver saver, StateScope scope) {
        this.saver = saver;
        this.scope = scope;
    }

    /** Whether somebody else has it. */
    boolean waiting() {
        return waiting;
    }

    /**
     * Takes it as soon as it is free, unless the state changes before.
     *
     * @param taken gets what was left
     * @param inUse hears each time why it has to wait, and may change the state to do so
     */
    void take(Consumer<PositionSaver.Found> taken, Consumer<String> inUse) {
        Executor here = scope.here();
        saver.load().whenComplete((found, failure) -> here.execute(() -> {
            waiting = failure != null;
            if (waiting) {
                inUse.accept(FutureFailure.of(failure).getMessage());
                scope.later(CHECK.toMillis(), () -> take(taken, inUse));
            } else {
                saver.takenOver(found);
                taken.accept(found);
            }
        }));
    }
}
