package org.imsession.camel.bayeux;

import java.time.Instant;

/**
 * Where a Bayeux session stands: enough for another process to go on with it while the server still knows it.
 *
 * @param clientId the id of the session; a secret, for whoever has it can listen
 * @param batch    the last batch that may be acknowledged
 * @param end      how many events had ended with it
 * @param settled  everything that the server had before that moment has ended; what is lost with the session was sent
 *                 later
 */
public record SessionPosition(String clientId, long batch, long end, Instant settled) {

    /** Without the id. */
    @Override
    public String toString() {
        return "batch " + batch + ", event " + end;
    }
}
