package org.imsession.camel.bayeux;

import java.time.Instant;
import java.util.Objects;
import org.imsession.camel.text.Sha256;

/**
 * Where a Bayeux session stands: enough for another process to go on with it while the server still knows it.
 *
 * @param clientId the id of the session; a secret, for whoever has it can listen
 * @param name     names the session in logs and in the sequences of its events; no secret. A server may give the same
 *                 id to a second session, whose events are others, so it is made of more than the id
 * @param batch    the last batch that may be acknowledged
 * @param end      how many events had ended with it
 * @param settled  everything that the server had before that moment has ended; what is lost with the session was sent
 *                 later
 */
public record SessionPosition(String clientId, String name, long batch, long end, Instant settled) {

    private static final int NAME_BYTES = 6;

    /**
     * @throws NullPointerException if id, name or moment is {@code null}
     */
    public SessionPosition {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(settled, "settled");
    }

    /** Where a session stands that begins, with the name that it gets. */
    static SessionPosition first(String clientId, String handshakeId, Instant begun) {
        return new SessionPosition(clientId, Sha256.hex(clientId + "\n" + handshakeId + "\n" + begun, NAME_BYTES), 0,
                0, begun);
    }

    /** The same session, further on. */
    SessionPosition at(Acknowledged acknowledged) {
        return new SessionPosition(clientId, name, acknowledged.batch(), acknowledged.end(), acknowledged.settled());
    }

    /** Without the id. */
    @Override
    public String toString() {
        return "batch " + batch + ", event " + end;
    }
}
