package org.imsession.camel.bayeux;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.cometd.bayeux.Message;

/** The session that is open or about to begin: where it stood when it began, and its ledger. One begins at a time. */
final class CurrentSession {

    private final InstantSource clock;
    private volatile AckLedger ledger;
    private volatile Instant asked;
    private volatile SessionPosition resuming;
    private volatile SessionPosition position;
    private volatile boolean ahead;

    CurrentSession(InstantSource clock) {
        this.clock = clock;
        this.asked = clock.instant();
        this.ledger = new AckLedger(false, "", asked, clock, () -> { });
    }

    /**
     * One is asked for.
     *
     * @param from where one of an earlier process stood, {@code null} for a new one
     */
    void open(SessionPosition from) {
        resuming = from;
        asked = clock.instant();
        ahead = true;
    }

    /** Whether one is to begin, and has not. */
    boolean isAhead() {
        return ahead;
    }

    /** Whether it is that of an earlier process. */
    boolean isResuming() {
        return resuming != null;
    }

    /** The answer to a handshake that need not be sent, since the session goes on; {@code null} if it must be. */
    Answer resume(Message.Mutable handshake) {
        SessionPosition from = resuming;
        if (from == null) {
            return null;
        }
        Answer answer = new Answer();
        answer.add(Reply.toResumedHandshake(handshake.getId(), from.clientId()));
        return answer;
    }

    /**
     * It begins.
     *
     * @param acknowledging whether the server keeps its events until they are acknowledged
     * @return where it stands
     */
    SessionPosition begin(String handshakeId, String clientId, boolean acknowledging, Waiting waiting) {
        SessionPosition from = resuming;
        resuming = null;
        SessionPosition at = from != null ? from : SessionPosition.first(clientId, handshakeId, asked);
        position = at;
        ledger = from == null ? new AckLedger(acknowledging, handshakeId, asked, clock, waiting)
                : AckLedger.resume(from, handshakeId, clock, waiting);
        ahead = false;
        return at;
    }

    AckLedger ledger() {
        return ledger;
    }

    /** Where it stood when it began, {@code null} if there is none. */
    SessionPosition position() {
        return position;
    }

    /** Its name on the server, {@code null} if there is none. */
    String clientId() {
        SessionPosition now = position;
        return now == null ? null : now.clientId();
    }

    /** It is over. */
    void end() {
        position = null;
    }

    /** Where a session stands for whoever goes on with it, if that is possible; nothing behind it is acknowledged. */
    static Optional<SessionPosition> seal(SessionPosition session, AckLedger ledger) {
        return session == null || !ledger.acknowledging() ? Optional.empty() : Optional.of(session.at(ledger.seal()));
    }
}
