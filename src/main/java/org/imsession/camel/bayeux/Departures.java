package org.imsession.camel.bayeux;

import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What a {@code /meta/connect} acknowledges when it leaves: what has ended, once its position is kept for a later
 * process. Kept after the server had heard of it, it would count events wrong when resumed. Safe for use by several
 * threads; one departure at a time.
 */
final class Departures implements HeldConnect.Departure {

    private final PositionKeeper keeper;
    private final BarrenAnswers barren;
    private final Supplier<AckLedger> ledger;
    private volatile String clientId;
    private volatile SessionPosition kept;

    Departures(PositionKeeper keeper, BarrenAnswers barren, Supplier<AckLedger> ledger) {
        this.keeper = keeper;
        this.barren = barren;
        this.ledger = ledger;
    }

    /**
     * A session begins.
     *
     * @param from where it is taken up, {@code null} if it is new
     */
    void begin(String id, SessionPosition from) {
        clientId = id;
        kept = from;
    }

    /** The session is over. */
    void end() {
        clientId = null;
    }

    /** Where the session stands, if it can be resumed. */
    Optional<SessionPosition> position() {
        return position(clientId, ledger.get());
    }

    static Optional<SessionPosition> position(String id, AckLedger ledger) {
        return id == null || !ledger.acknowledging()
                ? Optional.empty() : Optional.of(position(id, ledger.acknowledged()));
    }

    private static SessionPosition position(String id, AckLedger.Acknowledged acknowledged) {
        return new SessionPosition(id, acknowledged.batch(), acknowledged.end(), acknowledged.settled());
    }

    /** The id of the session, {@code null} if there is none. */
    String clientId() {
        return clientId;
    }

    @Override
    public void depart(String requestId, LongConsumer send) {
        barren.left();
        AckLedger current = ledger.get();
        String id = clientId;
        AckLedger.Acknowledged acknowledged = current.acknowledge(requestId);
        if (!current.acknowledging() || id == null) {
            send.accept(-1);
            return;
        }
        SessionPosition position = position(id, acknowledged);
        if (position.equals(kept)) {
            send.accept(acknowledged.batch());
        } else {
            kept = position;
            keeper.keep(position, () -> send.accept(acknowledged.batch()));
        }
    }
}
