package org.imsession.camel.bayeux;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.imsession.camel.threads.Timers;

/**
 * What a {@code /meta/connect} acknowledges when it leaves: what has ended, once its position is kept for a later
 * process. Kept after the server had heard of it, it would count events wrong when resumed. A keeper that is slow holds
 * up the acknowledgement, not the heartbeat. Safe for use by several threads; one source at a time.
 */
final class ConnectAcknowledger implements HeldConnect.AckSource {

    private final ScheduledExecutorService scheduler;
    private final PositionKeeper keeper;
    private final EmptyAnswerThrottle throttle;
    private final Supplier<AckLedger> ledger;
    private final LongSupplier patienceMillis;
    private volatile SessionPosition session;
    private volatile SessionPosition kept;

    /**
     * @param patienceMillis how long a connect waits for its position to be kept
     */
    ConnectAcknowledger(ScheduledExecutorService scheduler, PositionKeeper keeper, EmptyAnswerThrottle throttle,
               Supplier<AckLedger> ledger, LongSupplier patienceMillis) {
        this.scheduler = scheduler;
        this.keeper = keeper;
        this.throttle = throttle;
        this.ledger = ledger;
        this.patienceMillis = patienceMillis;
    }

    /**
     * A session begins.
     *
     * @param at where it stands, which may not be kept yet
     */
    void begin(SessionPosition at) {
        session = at;
        kept = null;
    }

    /** The session is over. */
    void end() {
        session = null;
    }

    /** Where the session stands for whoever goes on with it, if that is possible; nothing behind it is acknowledged. */
    static Optional<SessionPosition> seal(SessionPosition session, AckLedger ledger) {
        return session == null || !ledger.acknowledging() ? Optional.empty() : Optional.of(session.at(ledger.seal()));
    }

    /** Where the session stood when it began, {@code null} if there is none. */
    SessionPosition session() {
        return session;
    }

    @Override
    public void depart(String requestId, LongConsumer send) {
        throttle.left();
        AckLedger current = ledger.get();
        SessionPosition begun = session;
        if (!current.acknowledging() || begun == null) {
            current.acknowledge(requestId);
            send.accept(-1);
            return;
        }
        AckLedger.Acknowledged ended = current.acknowledged();
        SessionPosition position = begun.at(ended);
        if (position.equals(kept)) {
            send.accept(current.acknowledge(requestId, ended).batch());
            return;
        }
        AtomicBoolean left = new AtomicBoolean();
        Future<?> patience = schedule(() -> {
            if (left.compareAndSet(false, true)) {
                // a heartbeat must not wait longer; the server repeats what it has not been told of
                send.accept(current.acknowledge(requestId, current.told()).batch());
            }
        });
        keeper.keep(position, () -> {
            kept = position;
            if (left.compareAndSet(false, true)) {
                patience.cancel(false);
                send.accept(current.acknowledge(requestId, ended).batch());
            }
        });
    }

    private Future<?> schedule(Runnable task) {
        return Timers.after(scheduler, patienceMillis.getAsLong(), task);
    }
}
