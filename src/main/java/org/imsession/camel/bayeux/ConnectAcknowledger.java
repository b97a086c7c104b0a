package org.imsession.camel.bayeux;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.imsession.camel.threads.Timers;

/**
 * What a {@code /meta/connect} acknowledges when it leaves: what has ended, once its position is kept for a later
 * process. Kept after the server had heard of it, it would count events wrong when resumed. A keeper that is slow holds
 * up the acknowledgement, not the heartbeat. Safe for use by several threads; one source at a time.
 */
final class ConnectAcknowledger implements HeldConnect.AckSource {

    private final ScheduledExecutorService scheduler;
    private final PositionKeeper keeper;
    private final SilenceWatch silence;
    private final EmptyAnswerThrottle throttle;
    private final CurrentSession session;
    private final LongSupplier patienceMillis;
    private volatile SessionPosition kept;

    /**
     * @param patienceMillis how long a connect waits for its position to be kept
     */
    ConnectAcknowledger(ScheduledExecutorService scheduler, PositionKeeper keeper, SilenceWatch silence,
                        EmptyAnswerThrottle throttle, CurrentSession session, LongSupplier patienceMillis) {
        this.scheduler = scheduler;
        this.keeper = keeper;
        this.silence = silence;
        this.throttle = throttle;
        this.session = session;
        this.patienceMillis = patienceMillis;
    }

    /** A session begins, whose position may not be kept yet. */
    void begin() {
        kept = null;
    }

    @Override
    public void depart(String requestId, LongConsumer send) {
        silence.progress();
        throttle.left();
        AckLedger current = session.ledger();
        SessionPosition begun = session.position();
        if (!current.acknowledging() || begun == null) {
            current.acknowledge(requestId);
            send.accept(-1);
            return;
        }
        Acknowledged ended = current.acknowledged();
        SessionPosition position = begun.at(ended);
        if (position.equals(kept)) {
            send.accept(current.acknowledge(requestId, ended).batch());
            return;
        }
        AtomicBoolean left = new AtomicBoolean();
        try {
            keeper.keep(position, () -> {
                kept = position;
                if (left.compareAndSet(false, true)) {
                    send.accept(current.acknowledge(requestId, ended).batch());
                }
            });
        } finally {
            if (!left.get()) { // else it is kept already, as nearly always where there is no repository
                waitFor(left, () -> send.accept(current.acknowledge(requestId, current.told()).batch()));
            }
        }
    }

    /** A heartbeat must not wait longer; the server repeats what it has not been told of. */
    private void waitFor(AtomicBoolean left, Runnable otherwise) {
        Timers.after(scheduler, patienceMillis.getAsLong(), () -> {
            if (left.compareAndSet(false, true)) {
                otherwise.run();
            }
        });
    }
}
