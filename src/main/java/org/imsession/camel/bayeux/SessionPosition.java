package org.imsession.camel.bayeux;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(
                    (clientId + "\n" + handshakeId + "\n" + begun).getBytes(StandardCharsets.UTF_8));
            return new SessionPosition(clientId, HexFormat.of().formatHex(digest, 0, NAME_BYTES), 0, 0, begun);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same session, further on. */
    SessionPosition at(AckLedger.Acknowledged acknowledged) {
        return new SessionPosition(clientId, name, acknowledged.batch(), acknowledged.end(), acknowledged.settled());
    }

    /** Without the id. */
    @Override
    public String toString() {
        return "batch " + batch + ", event " + end;
    }
}
